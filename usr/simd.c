/* SSE2 to SSE4.2, AES, PCLMUL, BMI, POPCNT and wide integer instructions: one number for each family. */
#include <immintrin.h>

#include "check.h"

static uint64_t data[64], state = 99;

static __m128i load(int i)
{
	return _mm_loadu_si128((const __m128i *)(data + i));
}

static void show(const char *name, __m128i value)
{
	uint64_t words[2];

	_mm_storeu_si128((__m128i *)words, value);
	printf("%s %016lx%016lx\n", name, words[1], words[0]);
}

static void sse2(void)
{
	__m128i x = _mm_setzero_si128();

	for (int i = 0; i < 60; i++) {
		x = _mm_add_epi64(x, _mm_mul_epu32(load(i), load(i + 1)));
		x = _mm_xor_si128(x, _mm_subs_epi8(load(i), _mm_srai_epi16(x, 3)));
		x = _mm_add_epi16(x, _mm_madd_epi16(load(i + 2), x));
		x = _mm_unpacklo_epi8(_mm_packs_epi32(x, load(i)), _mm_shuffle_epi32(x, 0x1b));
		x = _mm_add_epi32(x, _mm_sad_epu8(x, load(i + 3)));
		x = _mm_or_si128(_mm_slli_epi64(x, 7), _mm_cmpgt_epi32(x, load(i)));
	}
	show("sse2", x);
	printf("movemask %x\n", _mm_movemask_epi8(x));
}

static void sse2_float(void)
{
	__m128d x = _mm_set_pd(1.25, -3.5);
	__m128 y = _mm_set_ps(1, 2, 3, 4.5f);

	for (int i = 1; i < 50; i++) {
		x = _mm_add_pd(_mm_mul_pd(x, _mm_set1_pd(1.01)), _mm_sqrt_pd(_mm_set_pd(i, i + 0.5)));
		y = _mm_sub_ps(_mm_shuffle_ps(y, y, 0x39), _mm_div_ps(y, _mm_set1_ps(i + 0.3f)));
	}
	show("sse2 double", _mm_castpd_si128(x));
	show("sse float", _mm_castps_si128(y));
	show("conversions", _mm_add_epi32(_mm_cvttpd_epi32(x), _mm_cvtps_epi32(y)));
}

__attribute__((target("ssse3,sse4.1"))) static void sse4(void)
{
	__m128i x = load(0);

	for (int i = 0; i < 60; i++) {
		x = _mm_shuffle_epi8(x, _mm_and_si128(load(i), _mm_set1_epi8((char)0x8f)));
		x = _mm_add_epi32(x, _mm_mullo_epi32(load(i + 1), load(i + 2)));
		x = _mm_blendv_epi8(x, load(i + 3), load(i));
		x = _mm_max_epu16(x, _mm_minpos_epu16(load(i)));
		x = _mm_hadd_epi16(x, _mm_abs_epi32(load(i + 1)));
		x = _mm_insert_epi64(x, _mm_extract_epi64(x, 0) * 3, 1);
		x = _mm_add_epi64(x, _mm_cvtepi32_epi64(_mm_alignr_epi8(x, load(i), 5)));
	}
	show("sse4.1", x);
	show("round", _mm_castpd_si128(_mm_round_pd(_mm_set_pd(2.5, -3.7), _MM_FROUND_FLOOR)));
	printf("ptest %d\n", _mm_testz_si128(x, load(5)));
}

__attribute__((target("sse4.2"))) static void sse42(void)
{
	__m128i text = _mm_loadu_si128((const __m128i *)"a string of text and more");
	uint64_t crc = 0xffffffff;

	for (int i = 0; i < 64; i++)
		crc = _mm_crc32_u64(crc, data[i]);
	printf("crc32 %016lx\n", crc);
	printf("pcmpestri %d\n", _mm_cmpestri(_mm_loadu_si128((const __m128i *)"of..............."), 2, text, 16, _SIDD_CMP_EQUAL_ORDERED));
	show("pcmpgtq", _mm_cmpgt_epi64(load(0), load(1)));
}

__attribute__((target("aes,pclmul"))) static void aes(void)
{
	__m128i x = load(0);

	for (int i = 0; i < 10; i++) {
		x = _mm_aesenc_si128(x, load(i));
		x = _mm_xor_si128(x, _mm_aeskeygenassist_si128(x, 0x1b));
		x = _mm_aesdeclast_si128(_mm_aesimc_si128(x), load(i + 1));
	}
	show("aes", x);
	show("pclmul", _mm_clmulepi64_si128(load(0), load(2), 0x10));
}

__attribute__((target("popcnt,bmi,bmi2,lzcnt"))) static void bits(void)
{
	uint64_t sum = 0;

	for (int i = 0; i < 63; i++) {
		uint64_t a = data[i], b = data[i + 1];

		sum = sum * 31 + _mm_popcnt_u64(a) + _lzcnt_u64(a >> (i & 31)) + _tzcnt_u64(b << (i & 31));
		sum ^= _pdep_u64(a, b) + _pext_u64(b, a) + _bzhi_u64(a, i) + _blsr_u64(b) + _andn_u64(a, b);
		sum += _mulx_u64(a, b, (unsigned long long *)&data[i]) ^ (a << (b & 63)) ^ ((int64_t)a >> (i & 63));
	}
	printf("bits %016lx\n", sum);
}

static void wide_integers(void)
{
	unsigned __int128 x = 1;
	uint64_t value[2] __attribute__((aligned(16))) = { 1, 2 }, sum = 0;

	for (int i = 0; i < 63; i++) {
		x = x * (data[i] | 1) + data[i + 1];
		if (i % 9 == 0)
			x /= (data[i] >> 20) | 1;
		sum ^= __builtin_bswap64(data[i]) + __builtin_ctzl(data[i] | 1) + __builtin_clzl(data[i] | 1);
		sum = sum << 13 | sum >> 51;
	}
	printf("128 bit %016lx%016lx %016lx\n", (uint64_t)(x >> 64), (uint64_t)x, sum);
	__asm__ volatile("lock cmpxchg16b %0" : "+m"(value) : "a"(1L), "d"(2L), "b"(3L), "c"(4L) : "cc", "memory");
	__atomic_fetch_add(&value[0], 5, __ATOMIC_SEQ_CST);
	printf("atomics %lu %lu %lu\n", value[0], value[1], __atomic_exchange_n(&value[1], 9, __ATOMIC_SEQ_CST));
}

int main(void)
{
	for (int i = 0; i < 64; i++)
		data[i] = next_random(&state);
	sse2();
	sse2_float();
	sse4();
	sse42();
	aes();
	bits();
	wide_integers();
	return 0;
}
