#include "tests.h"

/* mmap(2): private anonymous memory is zero, writable, and gone after munmap. */
int main(void)
{
	unsigned char *p = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t i, sum = 0;

	CHECK(p != MAP_FAILED);
	for (i = 0; i < 3 * PAGE_SIZE; i++)
		sum += p[i];
	CHECK(sum == 0);
	memset(p, 0x5a, 3 * PAGE_SIZE);
	CHECK(p[3 * PAGE_SIZE - 1] == 0x5a);
	CHECK(munmap(p, 3 * PAGE_SIZE) == 0);
	CHECK(mincore(p, PAGE_SIZE, (unsigned char *)&sum) == -1 && errno == ENOMEM);
	return check_status();
}
