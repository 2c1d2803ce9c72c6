#include "tests.h"

/* mprotect(2): unaligned, unmapped, unknown bits. */
int main(void)
{
	char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(mprotect(p + 1, PAGE_SIZE, PROT_READ) == -1 && errno == EINVAL);
	CHECK(mprotect(p, PAGE_SIZE, 0x80) == -1 && errno == EINVAL);
	CHECK(munmap(p + PAGE_SIZE, PAGE_SIZE) == 0);
	CHECK(mprotect(p, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE) == -1 && errno == ENOMEM);
	CHECK(mprotect(p, 0, PROT_READ) == 0);
	return check_status();
}
