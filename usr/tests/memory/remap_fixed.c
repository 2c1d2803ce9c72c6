#include "tests.h"

/* mremap(2), MREMAP_FIXED: to a chosen place, over what is there. */
int main(void)
{
	char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *q = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(p, 4, 2 * PAGE_SIZE);
	memset(q, 5, 2 * PAGE_SIZE);
	CHECK(mremap(p, PAGE_SIZE, PAGE_SIZE, MREMAP_FIXED, q) == MAP_FAILED && errno == EINVAL);
	CHECK(mremap(p, PAGE_SIZE, PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, q) == q);
	CHECK(q[0] == 4 && q[PAGE_SIZE] == 5 && p[PAGE_SIZE] == 4);
	CHECK(mremap(q, 2 * PAGE_SIZE, 2 * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, q + PAGE_SIZE) == MAP_FAILED && errno == EINVAL);
	return check_status();
}
