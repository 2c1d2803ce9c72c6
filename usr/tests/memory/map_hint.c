#include "tests.h"

/* mmap(2): a free hint is taken, a taken one is not, and hints are rounded down. */
int main(void)
{
	char *a = mmap(NULL, 4 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *b;

	CHECK(munmap(a, 4 * PAGE_SIZE) == 0);
	b = mmap(a + PAGE_SIZE, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(b == a + PAGE_SIZE);
	CHECK(mmap(b, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != b);
	CHECK(*b == 0);
	return check_status();
}
