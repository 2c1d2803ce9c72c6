#include "tests.h"

/* madvise(2): unaligned, unknown, over a hole. */
int main(void)
{
	char *p = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(madvise(p + 1, PAGE_SIZE, MADV_NORMAL) == -1 && errno == EINVAL);
	CHECK(madvise(p, PAGE_SIZE, 9999) == -1 && errno == EINVAL);
	munmap(p + PAGE_SIZE, PAGE_SIZE);
	p[2 * PAGE_SIZE] = 4;
	CHECK(madvise(p, 3 * PAGE_SIZE, MADV_DONTNEED) == -1 && errno == ENOMEM);
	CHECK(p[2 * PAGE_SIZE] == 0);
	CHECK(madvise(p, 0, MADV_DONTNEED) == 0);
	return check_status();
}
