#include "tests.h"

/* mmap(2), MAP_FIXED: replaces what was there, at once and exactly. */
int main(void)
{
	char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(p, 1, 4 * PAGE_SIZE);
	CHECK(mmap(p + PAGE_SIZE, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == p + PAGE_SIZE);
	CHECK(p[0] == 1 && p[PAGE_SIZE - 1] == 1);
	CHECK(p[PAGE_SIZE] == 0 && p[3 * PAGE_SIZE - 1] == 0);
	CHECK(p[3 * PAGE_SIZE] == 1);
	return check_status();
}
