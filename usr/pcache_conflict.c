/* pcache_conflict [LINES]: fills lines that all belong to one ExCache set, more than it has ways, and verifies all bytes. */
#include <sys/mman.h>

#include "check.h"
#include "pcache.h"

static void generate(uint64_t *line, uint64_t seed)
{
	for (size_t i = 0; i < PAGE_SIZE / sizeof(uint64_t); i++)
		line[i] = next_random(&seed);
}

static int verify(const uint64_t *line, uint64_t seed)
{
	for (size_t i = 0; i < PAGE_SIZE / sizeof(uint64_t); i++)
		if (line[i] != next_random(&seed)) {
			printf("Corrupted memory at word %zu\n", i);
			return 0;
		}
	return 1;
}

int main(int argc, char **argv)
{
	size_t lines = argument(argc, argv, 1, 200), stride;
	struct pcache_stat stat;
	unsigned char *area;
	uint64_t sum = 0;
	int good = 1;

	read_pcache_stat(&stat);
	stride = stat.way_stride;
	area = mmap(NULL, stride * lines, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (area == MAP_FAILED)
		check_fatal("mmap");
	for (size_t round = 1; round <= 3; round++) {
		for (size_t i = 0; i < lines; i++)
			generate((uint64_t *)(area + i * stride), i * round + 1);
		printf("(Generate) round %zu: %zu lines\n", round, lines);
		for (size_t i = 0; i < lines; i++) {
			good &= verify((uint64_t *)(area + i * stride), i * round + 1);
			sum = checksum(sum, area + i * stride, PAGE_SIZE);
		}
		printf("(Verify) round %zu: %016lx\n", round, sum);
	}
	CHECK(good);
	return check_status();
}
