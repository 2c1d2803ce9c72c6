/* MREMAP_DONTUNMAP: the content moves, the old place stays mapped and is empty. */
#include "tests.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

#define PAGE 4096
#define PAGES 40

static int is_empty(const char *at, int pages)
{
	int i;

	for (i = 0; i < pages * PAGE; i++)
		if (at[i] != 0)
			return 0;
	return 1;
}

int main(void)
{
	char *a = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *b, *place;
	int i, right = 1;

	for (i = 0; i < PAGES; i++)
		a[i * PAGE + 7] = i + 1;
	CHECK(mremap(a, PAGES * PAGE, PAGES * PAGE, MREMAP_DONTUNMAP, NULL) == MAP_FAILED && errno == EINVAL);
	CHECK(mremap(a, PAGES * PAGE, PAGE, MREMAP_DONTUNMAP | MREMAP_MAYMOVE, NULL) == MAP_FAILED && errno == EINVAL);
	b = mremap(a, PAGES * PAGE, PAGES * PAGE, MREMAP_DONTUNMAP | MREMAP_MAYMOVE, NULL);
	CHECK(b != MAP_FAILED && b != a);
	for (i = 0; i < PAGES; i++)
		right &= b[i * PAGE + 7] == i + 1;
	CHECK(right);
	CHECK(is_empty(a, PAGES));
	a[0] = 9;
	CHECK(b[0] == 0 && b[7] == 1);
	place = mmap(NULL, PAGES * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(mremap(b, PAGES * PAGE, PAGES * PAGE, MREMAP_DONTUNMAP | MREMAP_MAYMOVE | MREMAP_FIXED, place) == place);
	for (i = 0; i < PAGES; i++)
		right &= place[i * PAGE + 7] == i + 1;
	CHECK(right && is_empty(b, PAGES));
	CHECK(munmap(a, PAGES * PAGE) == 0 && munmap(b, PAGES * PAGE) == 0 && place[7] == 1);
	/* a part of a mapping */
	b = mremap(place + 4 * PAGE, 2 * PAGE, 2 * PAGE, MREMAP_DONTUNMAP | MREMAP_MAYMOVE, NULL);
	CHECK(b[7] == 5 && b[PAGE + 7] == 6 && is_empty(place + 4 * PAGE, 2) && place[6 * PAGE + 7] == 7);
	return check_status();
}
