/* eviction: touches addresses of set 0 only, over many 1 GiB regions of address space (vRegions); few pages in all. */
#include <sys/mman.h>

#include "check.h"

#define GIB (1UL << 30)
#define REGIONS 8
#define PAGES_PER_REGION 32

int main(void)
{
	/* 32 MiB apart: the same set for every ExCache whose ways span at most that. */
	size_t stride = GIB / PAGES_PER_REGION;
	unsigned char *area = mmap(NULL, REGIONS * GIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	size_t bad = 0;

	if (area == MAP_FAILED)
		check_fatal("mmap");
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < REGIONS * PAGES_PER_REGION; i++) {
			volatile uint64_t *word = (uint64_t *)(area + i * stride);

			bad += *word != (round ? i * 1000 + round - 1 : 0);
			*word = i * 1000 + round;
		}
		printf("round %d: %d regions touched\n", round, REGIONS);
	}
	CHECK(bad == 0);
	CHECK(munmap(area, REGIONS * GIB) == 0);
	return check_status();
}
