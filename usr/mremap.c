/* mremap: contents survive growing and moving, and the old address is gone, so the last access must be SIGSEGV. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "check.h"

#define OLD_PAGES 8UL
#define NEW_PAGES 1024UL

static unsigned char *map_pages(size_t pages)
{
	unsigned char *area = mmap(NULL, pages * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		check_fatal("mmap");
	return area;
}

static int holds(const unsigned char *area, size_t pages)
{
	for (size_t i = 0; i < pages; i++)
		if (area[i * PAGE_SIZE] != i + 1 || area[i * PAGE_SIZE + 4095] != i + 101)
			return 0;
	return 1;
}

int main(void)
{
	unsigned char *fixed = map_pages(NEW_PAGES + 64);
	unsigned char *block = map_pages(64);
	unsigned char *old = block, *grown, *moved;

	for (size_t i = 0; i < OLD_PAGES; i++) {
		old[i * PAGE_SIZE] = i + 1;
		old[i * PAGE_SIZE + 4095] = i + 101;
	}
	/* Something behind the area, so that it cannot grow in place. */
	CHECK(munmap(old + 16 * PAGE_SIZE, 48 * PAGE_SIZE) == 0);
	old[OLD_PAGES * PAGE_SIZE] = 99;
	CHECK(mremap(old, OLD_PAGES * PAGE_SIZE, NEW_PAGES * PAGE_SIZE, 0) == MAP_FAILED && errno == ENOMEM);

	grown = mremap(old, OLD_PAGES * PAGE_SIZE, NEW_PAGES * PAGE_SIZE, MREMAP_MAYMOVE);
	CHECK(grown != MAP_FAILED);
	CHECK(holds(grown, OLD_PAGES));
	CHECK(grown[(NEW_PAGES - 1) * PAGE_SIZE] == 0);
	grown[(NEW_PAGES - 1) * PAGE_SIZE] = 5;
	CHECK(old[OLD_PAGES * PAGE_SIZE] == 99);

	/* To a chosen place, with another set index for every page. */
	moved = mremap(grown, NEW_PAGES * PAGE_SIZE, NEW_PAGES * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_FIXED,
		       fixed + 7 * PAGE_SIZE);
	CHECK(moved == fixed + 7 * PAGE_SIZE);
	CHECK(holds(moved, OLD_PAGES));
	CHECK(moved[(NEW_PAGES - 1) * PAGE_SIZE] == 5);

	CHECK(mremap(moved, NEW_PAGES * PAGE_SIZE, 4 * PAGE_SIZE, 0) == moved);
	CHECK(holds(moved, 4));
	SHOW(mremap(moved, 0, PAGE_SIZE, MREMAP_MAYMOVE));
	SHOW(mremap(moved + 1, PAGE_SIZE, PAGE_SIZE, MREMAP_MAYMOVE));
	SHOW(mremap(moved, PAGE_SIZE, 0, MREMAP_MAYMOVE));
	SHOW(mremap(moved, PAGE_SIZE, PAGE_SIZE, 0x80));

	check_status();
	fflush(stdout);
	moved = *(unsigned char *volatile *)&grown;
	printf("mremap() BUG! Should have segfault! %d\n", moved[0]);
	return 1;
}
