#include "tests.h"

/* mmap(2), MAP_POPULATE and MAP_LOCKED: memory as any other. */
int main(void)
{
	char *p = mmap(NULL, 16 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	char *q = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);

	CHECK(p != MAP_FAILED && q != MAP_FAILED);
	CHECK(p[15 * PAGE_SIZE] == 0 && *q == 0);
	p[5] = 3;
	CHECK(p[5] == 3);
	return check_status();
}
