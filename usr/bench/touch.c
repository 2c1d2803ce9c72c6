/* touch [MIB] [ROUNDS]: ns per page for the first touch of zerofilled pages, for the pages touched again, and for munmap. */
#include <sys/mman.h>

#include "measure.h"

int main(int argc, char **argv)
{
	static double first[MOST_BATCHES], again[MOST_BATCHES], unmap[MOST_BATCHES];
	size_t bytes = argument(argc, argv, 1, 8) << 20, pages = bytes / PAGE_SIZE;
	size_t rounds = argument(argc, argv, 2, 20);

	if (rounds > MOST_BATCHES || pages == 0)
		return 2;
	for (size_t round = 0; round < rounds; round++) {
		volatile char *area = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		uint64_t start;

		if (area == MAP_FAILED)
			return 1;
		start = now_ns();
		for (size_t i = 0; i < pages; i++)
			area[i * PAGE_SIZE] = 1;
		first[round] = (double)(now_ns() - start) / pages;
		start = now_ns();
		for (size_t i = 0; i < pages; i++)
			area[i * PAGE_SIZE] = 2;
		again[round] = (double)(now_ns() - start) / pages;
		start = now_ns();
		munmap((void *)area, bytes);
		unmap[round] = (double)(now_ns() - start) / pages;
	}
	report("first_touch", first, rounds, "ns/page");
	report("touch_again", again, rounds, "ns/page");
	report("munmap", unmap, rounds, "ns/page");
	return 0;
}
