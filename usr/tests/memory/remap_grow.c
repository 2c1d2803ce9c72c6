#include "tests.h"

/* mremap(2): in place where there is room, elsewhere only with MREMAP_MAYMOVE; content stays. */
int main(void)
{
	char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *q;

	munmap(p + 2 * PAGE_SIZE, 2 * PAGE_SIZE);
	memset(p, 3, 2 * PAGE_SIZE);
	CHECK(mremap(p, 2 * PAGE_SIZE, 4 * PAGE_SIZE, 0) == p);
	CHECK(p[0] == 3 && p[2 * PAGE_SIZE] == 0);
	mmap(p + 2 * PAGE_SIZE, PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	CHECK(mremap(p, 2 * PAGE_SIZE, 3 * PAGE_SIZE, 0) == MAP_FAILED && errno == ENOMEM);
	q = mremap(p, 2 * PAGE_SIZE, 8 * PAGE_SIZE, MREMAP_MAYMOVE);
	CHECK(q != MAP_FAILED && q != p && q[2 * PAGE_SIZE - 1] == 3 && q[8 * PAGE_SIZE - 1] == 0);
	CHECK(mprotect(p, PAGE_SIZE, PROT_READ) == -1 && errno == ENOMEM);
	return check_status();
}
