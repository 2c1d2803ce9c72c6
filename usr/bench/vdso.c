/*
 * What a vDSO would gain: clock_gettime(2) as a system call, and the same time computed in user mode from the time-stamp counter and
 * a page of factors under a sequence lock, as Linux's vDSO does. Natively the C library's clock_gettime is that vDSO.
 */
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { CALLS = 200000, ROUNDS = 5, NS_PER_S = 1000000000 };

static struct {
	volatile uint32_t sequence;
	uint32_t mult, shift;
	uint64_t start, seconds, ns;
} factors = {0, 1 << 20, 21, 0, 0, 0};

static inline uint64_t counter(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
}

static __attribute__((noinline)) void compute(struct timespec *to)
{
	uint32_t sequence;
	uint64_t ns;

	do {
		sequence = factors.sequence;
		__asm__ volatile("" ::: "memory");
		ns = factors.ns + (uint64_t)((__uint128_t)(counter() - factors.start) * factors.mult >> factors.shift);
		__asm__ volatile("" ::: "memory");
	} while (sequence & 1 || sequence != factors.sequence);
	to->tv_sec = factors.seconds + ns / NS_PER_S;
	to->tv_nsec = ns % NS_PER_S;
}

static int64_t now(void)
{
	struct timespec t;

	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

int main(void)
{
	double call = 1e9, user = 1e9, library = 1e9;
	struct timespec t;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t a = now();
		for (int i = 0; i < CALLS; i++)
			syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
		int64_t b = now();
		factors.start = counter();
		for (int i = 0; i < CALLS; i++)
			compute(&t);
		int64_t c = now();
		for (int i = 0; i < CALLS; i++)
			clock_gettime(CLOCK_MONOTONIC, &t);
		int64_t d = now();
		call = (double)(b - a) / CALLS < call ? (double)(b - a) / CALLS : call;
		user = (double)(c - b) / CALLS < user ? (double)(c - b) / CALLS : user;
		library = (double)(d - c) / CALLS < library ? (double)(d - c) / CALLS : library;
	}
	printf("system_call %.1f ns\nuser_mode %.1f ns\nc_library %.1f ns\n", call, user, library);
	return 0;
}
