/*
 * miss [EXCACHE_MIB] [ACCESSES] [read|write]: a working set of four times the ExCache, read and then written (or only one of both) in random order, so that
 * three of four accesses miss. Prints the quantiles of single accesses that took longer than a hit could,
 * the mean over all, and what the ExCache counted (on LegoOS).
 */
#include <string.h>
#include <sys/mman.h>

#include "../pcache.h"
#include "measure.h"

static double *samples;

static size_t random_page(uint64_t *state, size_t pages)
{
	*state = *state * 6364136223846793005UL + 1442695040888963407UL;
	return (*state >> 33) % pages;
}

static void run(const char *name, volatile uint64_t *area, size_t pages, size_t accesses, int write)
{
	uint64_t state = 7, total = now_ns();
	struct pcache_stat before, after;
	size_t misses;

	read_pcache_stat(&before);
	for (size_t i = 0; i < accesses; i++) {
		volatile uint64_t *word = area + random_page(&state, pages) * (PAGE_SIZE / 8);
		uint64_t start = now_ns();

		if (write)
			*word = i;
		else
			(void)*word;
		samples[i] = (double)(now_ns() - start);
	}
	total = now_ns() - total;
	read_pcache_stat(&after);
	qsort(samples, accesses, sizeof(*samples), compare_doubles);
	/* The slowest part are the misses: by count where the kernel counts, else all. */
	misses = after.nr_pgfault - before.nr_pgfault;
	misses = misses == 0 || misses > accesses ? accesses : misses;
	printf("%s.median %.0f ns\n", name, samples[accesses - misses / 2 - 1]);
	printf("%s.p99 %.0f ns\n", name, samples[accesses - misses / 100 - 1]);
	printf("%s.mean %.0f ns\n", name, (double)total / accesses);
	printf("%s.misses %zu of_accesses\n", name, misses);
	printf("%s.evictions %lu lines\n", name, after.nr_eviction - before.nr_eviction);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	size_t pages = argument(argc, argv, 1, 4) * 4 * (1 << 20) / PAGE_SIZE;
	size_t accesses = argument(argc, argv, 2, 20000);
	uint64_t *area = mmap(NULL, pages * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	samples = malloc(accesses * sizeof(*samples));
	if (area == MAP_FAILED || !samples || !accesses)
		return 1;
	for (size_t i = 0; i < accesses; i++)
		samples[i] = 0;
	for (size_t i = 0; i < pages; i++)
		area[i * (PAGE_SIZE / 8)] = i;
	if (argc < 4 || strcmp(argv[3], "read") == 0)
		run("miss_read", area, pages, accesses, 0);
	if (argc < 4 || strcmp(argv[3], "write") == 0)
		run("miss_write", area, pages, accesses, 1);
	return 0;
}
