/* Compute kernels, used by cpu.c (for their results) and bench/cpu.c (for their speed). */
#ifndef LEGOOS_KERNELS_H
#define LEGOOS_KERNELS_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Branches and bytes: the number of primes below size. */
static uint64_t sieve(size_t size)
{
	unsigned char *composite = calloc(size, 1);
	uint64_t count = 0;

	for (size_t i = 2; i < size; i++) {
		if (composite[i])
			continue;
		count++;
		for (size_t j = i * i; j < size; j += i)
			composite[j] = 1;
	}
	free(composite);
	return count;
}

static uint32_t rotate(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

/* The first 32 bits of the fractional parts of the cube roots of the first primes (FIPS 180-4), by integer search. */
static void sha256_constants(uint32_t *k)
{
	for (unsigned prime = 2, i = 0; i < 64; prime++) {
		unsigned divisor = 2;
		unsigned __int128 low = 0, high = 1UL << 36;

		while (divisor * divisor <= prime && prime % divisor)
			divisor++;
		if (divisor * divisor <= prime)
			continue;
		while (high - low > 1) { /* low = floor(cbrt(prime) * 2^32) */
			unsigned __int128 middle = (low + high) / 2;

			if (middle * middle / prime * middle >> 64 < (unsigned __int128)1 << 32)
				low = middle;
			else
				high = middle;
		}
		k[i++] = (uint32_t)low;
	}
}

static void sha256_block(uint32_t *h, const uint32_t *k, const unsigned char *block)
{
	uint32_t w[64], s[8];

	for (int i = 0; i < 16; i++) {
		memcpy(&w[i], block + i * 4, 4);
		w[i] = __builtin_bswap32(w[i]);
	}
	for (int i = 16; i < 64; i++)
		w[i] = w[i - 16] + (rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 7]
		     + (rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10);
	memcpy(s, h, sizeof(s));
	for (int i = 0; i < 64; i++) {
		uint32_t t1 = s[7] + (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6]))
			    + k[i] + w[i];
		uint32_t t2 = (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22))
			    + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));

		memmove(s + 1, s, 7 * sizeof(*s));
		s[4] += t1;
		s[0] = t1 + t2;
	}
	for (int i = 0; i < 8; i++)
		h[i] += s[i];
}

/* Rotations and additions: SHA-256's compression over size blocks. */
static uint64_t sha256(size_t size)
{
	uint32_t k[64], h[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	unsigned char block[64];

	sha256_constants(k);
	for (size_t i = 0; i < size; i++) {
		memset(block, (int)i, sizeof(block));
		sha256_block(h, k, block);
	}
	return (uint64_t)h[0] << 32 | h[7];
}

/* Floating point: a product of two matrices of doubles. */
static uint64_t matmul(size_t size)
{
	double *a = malloc(size * size * 8), *b = malloc(size * size * 8), *c = calloc(size * size, 8), sum = 0;

	for (size_t i = 0; i < size * size; i++) {
		a[i] = (double)(i % 17) - 8.5;
		b[i] = (double)(i % 23) / 7;
	}
	for (size_t i = 0; i < size; i++)
		for (size_t k = 0; k < size; k++)
			for (size_t j = 0; j < size; j++)
				c[i * size + j] += a[i * size + k] * b[k * size + j];
	for (size_t i = 0; i < size * size; i++)
		sum += c[i] * (double)(i % 5);
	free(a);
	free(b);
	free(c);
	memcpy(&size, &sum, sizeof(sum));
	return size;
}

static int compare_words(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Calls through a pointer and memory moves: the C library's sort. */
static uint64_t sort(size_t size)
{
	uint64_t *words = malloc(size * 8), x = 88172645463325252UL, sum = 0;

	for (size_t i = 0; i < size; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		words[i] = x;
	}
	qsort(words, size, 8, compare_words);
	for (size_t i = 0; i < size; i++)
		sum = sum * 31 + words[i] * (i + 1);
	free(words);
	return sum;
}

/* Indirect branches: an interpreter of a small stack machine that runs a loop. */
static uint64_t interpreter(size_t size)
{
	enum { PUSH, ADD, MULTIPLY, DUPLICATE, STORE, LOAD, DECREMENT, JUMP_IF, STOP };
	static const uint8_t code[] = { LOAD, PUSH, 31, MULTIPLY, LOAD, DUPLICATE, MULTIPLY, ADD, PUSH, 7, ADD, STORE, DECREMENT, JUMP_IF, 0, STOP };
	uint64_t stack[32], *top = stack, variable = 1, counter = size;

	for (const uint8_t *pc = code;;) {
		switch (*pc++) {
		case PUSH: *top++ = *pc++; break;
		case ADD: top--; top[-1] += *top; break;
		case MULTIPLY: top--; top[-1] *= *top; break;
		case DUPLICATE: *top = top[-1]; top++; break;
		case STORE: variable = *--top; break;
		case LOAD: *top++ = variable; break;
		case DECREMENT: counter--; break;
		case JUMP_IF: pc = counter ? code + *pc : pc + 1; break;
		default: return variable;
		}
	}
}

/* Memory: a walk along a random cycle of pointers, size words long. */
static uint64_t chase(size_t size)
{
	uint32_t *next = malloc(size * 4), at = 0;
	uint64_t x = 1, sum = 0;

	for (size_t i = 0; i < size; i++)
		next[i] = (uint32_t)i;
	for (size_t i = size - 1; i > 0; i--) { /* Sattolo's shuffle: one cycle */
		size_t j;
		uint32_t swap;

		x = x * 6364136223846793005UL + 1442695040888963407UL;
		j = (x >> 33) % i;
		swap = next[i];
		next[i] = next[j];
		next[j] = swap;
	}
	for (size_t i = 0; i < size * 4; i++) {
		at = next[at];
		sum = sum * 3 + at;
	}
	free(next);
	return sum;
}

/* Calls and returns: the slow Fibonacci. */
static __attribute__((noinline)) uint64_t fibonacci(size_t size)
{
	return size < 2 ? size : fibonacci(size - 1) + fibonacci(size - 2);
}

struct kernel {
	const char *name;
	uint64_t (*run)(size_t size);
	size_t test_size, bench_size;
};

static const struct kernel kernels[] = {
	{ "sieve", sieve, 300000, 4000000 },
	{ "sha256", sha256, 2000, 60000 },
	{ "matmul", matmul, 48, 160 },
	{ "sort", sort, 20000, 300000 },
	{ "interpreter", interpreter, 100000, 3000000 },
	{ "chase", chase, 50000, 500000 },
	{ "fibonacci", fibonacci, 22, 30 },
};

#define NR_KERNELS (sizeof(kernels) / sizeof(kernels[0]))

#endif
