/* malloc, calloc and realloc over sizes that use brk, mmap and mremap inside the C library. */
#include <malloc.h>

#include "check.h"

static void fill(unsigned char *block, size_t size, unsigned seed)
{
	for (size_t i = 0; i < size; i++)
		block[i] = (unsigned char)(i * 31 + seed);
}

static int holds(const unsigned char *block, size_t size, unsigned seed)
{
	for (size_t i = 0; i < size; i++)
		if (block[i] != (unsigned char)(i * 31 + seed))
			return 0;
	return 1;
}

static void allocate_each_size(void)
{
	for (size_t size = 1; size <= 8 << 20; size *= 2) {
		unsigned char *block = malloc(size);

		if (!block)
			check_fatal("malloc");
		fill(block, size, 7);
		printf("malloc(%zu): %s\n", size, holds(block, size, 7) ? "looks good" : "BUG");
		free(block);
	}
}

static void grow_and_shrink(void)
{
	static const size_t sizes[] = { 10, 5000, 100000, 200000, 3000000, 9000000, 140000, 4096, 64 };
	unsigned char *block = NULL;
	size_t old = 0;

	for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t kept = old < sizes[i] ? old : sizes[i];

		block = realloc(block, sizes[i]);
		if (!block)
			check_fatal("realloc");
		printf("realloc(%zu): %s\n", sizes[i], holds(block, kept, 3) ? "looks good" : "BUG");
		fill(block, sizes[i], 3);
		old = sizes[i];
	}
	free(block);
}

static void many_blocks(void)
{
	enum { COUNT = 2000 };
	static unsigned char *blocks[COUNT];
	static size_t sizes[COUNT];
	uint64_t state = 42;
	int good = 1;

	for (int round = 0; round < 10000; round++) {
		unsigned i = next_random(&state) % COUNT;

		if (blocks[i]) {
			good &= holds(blocks[i], sizes[i], i);
			free(blocks[i]);
			blocks[i] = NULL;
		} else {
			sizes[i] = next_random(&state) % 3000 + 1;
			blocks[i] = malloc(sizes[i]);
			fill(blocks[i], sizes[i], i);
		}
	}
	CHECK(good);
	for (int i = 0; i < COUNT; i++)
		free(blocks[i]);
}

int main(void)
{
	unsigned char *zeroed;

	puts("program starts");
	allocate_each_size();
	grow_and_shrink();
	many_blocks();
	zeroed = calloc(1000, 1000);
	CHECK(zeroed && zeroed[0] == 0 && zeroed[999999] == 0);
	free(zeroed);
	CHECK(((uintptr_t)aligned_alloc(65536, 65536) & 65535) == 0);
	CHECK(malloc_trim(0) >= 0);
	return check_status();
}
