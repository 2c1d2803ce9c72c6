/* munmap: holes, splits and refused arguments; the last access, to what was unmapped, must be SIGSEGV. */
#include <sys/mman.h>

#include "check.h"

static unsigned char *map_pages(size_t pages)
{
	unsigned char *area = mmap(NULL, pages * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		check_fatal("mmap");
	return area;
}

int main(void)
{
	unsigned char *area = map_pages(64), *again;

	for (int i = 0; i < 64; i++)
		area[i * PAGE_SIZE] = i;
	CHECK(munmap(area + 10 * PAGE_SIZE, PAGE_SIZE) == 0);
	CHECK(munmap(area + 20 * PAGE_SIZE, 10 * PAGE_SIZE) == 0);
	CHECK(area[9 * PAGE_SIZE] == 9 && area[11 * PAGE_SIZE] == 11);
	CHECK(area[19 * PAGE_SIZE] == 19 && area[30 * PAGE_SIZE] == 30);
	CHECK(munmap(area + 20 * PAGE_SIZE, 10 * PAGE_SIZE) == 0); /* nothing there: still success */
	SHOW(munmap(area + 1, PAGE_SIZE));
	SHOW(munmap(area, 0));
	SHOW(munmap((void *)-4096L, PAGE_SIZE));

	/* A hole that is filled again reads as zero, whatever was there before. */
	again = mmap(area + 10 * PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	CHECK(again == area + 10 * PAGE_SIZE);
	CHECK(again[0] == 0);
	again[0] = 77;
	CHECK(mmap(area + 9 * PAGE_SIZE, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == area + 9 * PAGE_SIZE);
	CHECK(area[9 * PAGE_SIZE] == 0 && area[10 * PAGE_SIZE] == 0 && area[11 * PAGE_SIZE] == 0);

	check_status();
	fflush(stdout);
	printf("Lego munmap() BUG! %d\n", *(volatile unsigned char *)(area + 25 * PAGE_SIZE));
	return 1;
}
