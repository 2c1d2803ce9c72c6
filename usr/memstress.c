/*
 * memstress [MIB] [ACCESSES] [SEED]: random reads and writes of random sizes over a working set; every value read is
 * checked against what must be there, and the sum over all memory is printed.
 */
#include <sys/mman.h>

#include "check.h"

static uint64_t expected(uint32_t version, size_t page)
{
	uint64_t state = page * 0x9e3779b97f4a7c15UL + version * 0x1000193UL + 1;

	return next_random(&state);
}

int main(int argc, char **argv)
{
	size_t bytes = argument(argc, argv, 1, 16) << 20, pages = bytes / PAGE_SIZE;
	size_t accesses = argument(argc, argv, 2, pages * 4), bad = 0;
	uint64_t state = argument(argc, argv, 3, 12345), sum = 0;
	uint64_t *area = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint32_t *version = calloc(pages, sizeof(*version)); /* how often each page was written; 0: still zero */

	if (area == MAP_FAILED || !version)
		check_fatal("mmap");
	for (size_t i = 0; i < accesses; i++) {
		uint64_t random = next_random(&state);
		size_t page = random % pages;
		uint64_t *words = area + page * 512, value = version[page] ? expected(version[page], page) : 0;

		bad += words[page % 512] != value || words[511 - page % 512] != value;
		if (random >> 63) {
			value = expected(++version[page], page);
			words[page % 512] = value;
			words[511 - page % 512] = value;
		}
	}
	for (size_t page = 0; page < pages; page++) {
		uint64_t value = version[page] ? expected(version[page], page) : 0;

		bad += area[page * 512 + page % 512] != value;
		for (size_t i = 0; i < 512; i += 37)
			sum = sum * 31 + area[page * 512 + i];
	}
	printf("%zu pages, %zu accesses, sum %016lx\n", pages, accesses, sum);
	CHECK(bad == 0);
	return check_status();
}
