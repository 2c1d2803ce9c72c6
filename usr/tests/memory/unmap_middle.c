#include "tests.h"

/* munmap(2): a hole in the middle splits a mapping; holes may be unmapped again. */
int main(void)
{
	char *p = mmap(NULL, 5 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned char in[5];

	memset(p, 7, 5 * PAGE_SIZE);
	CHECK(munmap(p + 2 * PAGE_SIZE, PAGE_SIZE) == 0);
	CHECK(p[PAGE_SIZE] == 7 && p[3 * PAGE_SIZE] == 7);
	CHECK(mincore(p + 2 * PAGE_SIZE, PAGE_SIZE, in) == -1 && errno == ENOMEM);
	CHECK(munmap(p, 5 * PAGE_SIZE) == 0);
	CHECK(munmap(p, 5 * PAGE_SIZE) == 0);
	return check_status();
}
