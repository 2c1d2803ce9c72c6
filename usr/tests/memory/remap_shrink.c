#include "tests.h"

/* mremap(2): shrinking gives the tail back. */
int main(void)
{
	char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	p[0] = 1;
	CHECK(mremap(p, 4 * PAGE_SIZE, PAGE_SIZE, 0) == p);
	CHECK(p[0] == 1);
	CHECK(mprotect(p + PAGE_SIZE, PAGE_SIZE, PROT_READ) == -1 && errno == ENOMEM);
	return check_status();
}
