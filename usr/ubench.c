/*
 * ubench [EXCACHE_KIB] [-v]: working sets of 0.5, 1, 2 and 4 times the ExCache, first touch against repeats.
 * -v also prints times and what pcache_stat counted.
 */
#include <sys/mman.h>
#include <time.h>

#include "check.h"
#include "pcache.h"

static int verbose;

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000UL + now.tv_nsec;
}

static uint64_t pass(uint64_t *area, size_t pages)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < pages; i++) {
		uint64_t *word = area + i * PAGE_SIZE / sizeof(uint64_t) + i % 512;

		*word = *word * 3 + i;
		sum += *word;
	}
	return sum;
}

static void measure(size_t pages)
{
	uint64_t *area = mmap(NULL, pages * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		check_fatal("mmap");
	for (int round = 0; round < 3; round++) {
		struct pcache_stat before, after;
		uint64_t start, sum, time;

		read_pcache_stat(&before);
		start = now_ns();
		sum = pass(area, pages);
		time = now_ns() - start;
		read_pcache_stat(&after);
		printf("%zu pages, %s: %016lx\n", pages, round ? "again" : "first touch", sum);
		if (verbose)
			printf("  %lu ns per page, nr_pgfault %lu, nr_pgfault_code %lu, nr_eviction %lu\n", time / pages,
			       after.nr_pgfault - before.nr_pgfault, after.nr_pgfault_code - before.nr_pgfault_code,
			       after.nr_eviction - before.nr_eviction);
	}
	munmap(area, pages * PAGE_SIZE);
}

int main(int argc, char **argv)
{
	size_t lines = argument(argc, argv, 1, 1024) / 4;

	verbose = argc > 2 && strcmp(argv[2], "-v") == 0;
	measure(lines / 2);
	measure(lines);
	measure(lines * 2);
	measure(lines * 4);
	return 0;
}
