/*
 * pcache_bw [ROUNDS] [-v]: walks the lines of one ExCache set, within and beyond its ways, again and again.
 * -v also prints the geometry and the run time.
 */
#include <sys/mman.h>
#include <time.h>

#include "check.h"
#include "pcache.h"

static uint64_t walk(volatile uint64_t *base, size_t stride, size_t lines, size_t rounds)
{
	uint64_t sum = 0;

	for (size_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < lines; i++) {
			volatile uint64_t *word = base + i * stride / sizeof(uint64_t);

			*word += i + round;
			sum += *word;
		}
	return sum;
}

int main(int argc, char **argv)
{
	size_t rounds = argument(argc, argv, 1, 20);
	int verbose = argc > 2 && strcmp(argv[2], "-v") == 0;
	struct pcache_stat stat;
	struct timespec start, end;
	size_t stride, most = 96;
	void *area;

	read_pcache_stat(&stat);
	stride = stat.way_stride;
	if (verbose)
		printf("%lu-way nr_cachelines: %lu nr_cachesets: %lu stride: %#lx line_size: %lu\n", stat.associativity,
		       stat.nr_cachelines, stat.nr_cachesets, stat.way_stride, stat.cacheline_size);
	area = mmap(NULL, stride * most, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (area == MAP_FAILED)
		check_fatal("mmap");
	puts("Before access");
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (size_t lines = 8; lines <= most; lines += lines < 64 ? lines : 32)
		printf("%zu lines of one set: %lu\n", lines, walk(area, stride, lines, rounds));
	clock_gettime(CLOCK_MONOTONIC, &end);
	if (verbose)
		printf("Runtime: %.6f s\n", (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9);
	return 0;
}
