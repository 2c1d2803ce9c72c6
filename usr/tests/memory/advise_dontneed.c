#include "tests.h"

/* madvise(2), MADV_DONTNEED: anonymous memory reads as zero afterwards. */
int main(void)
{
	char *p = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(p, 8, 3 * PAGE_SIZE);
	CHECK(madvise(p + PAGE_SIZE, PAGE_SIZE, MADV_DONTNEED) == 0);
	CHECK(p[0] == 8 && p[PAGE_SIZE] == 0 && p[2 * PAGE_SIZE - 1] == 0 && p[2 * PAGE_SIZE] == 8);
	p[PAGE_SIZE] = 9;
	CHECK(p[PAGE_SIZE] == 9);
	return check_status();
}
