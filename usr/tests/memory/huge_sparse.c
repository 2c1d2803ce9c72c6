#include "tests.h"

/* A reservation of 1 TiB without memory behind it: touched pages work, the rest costs nothing. */
int main(void)
{
	size_t size = 1UL << 40;
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	CHECK(p != MAP_FAILED);
	p[0] = 1;
	p[size / 2] = 2;
	p[size - 1] = 3;
	CHECK(p[0] + p[size / 2] + p[size - 1] == 6);
	CHECK(p[size / 4] == 0);
	CHECK(munmap(p, size) == 0);
	return check_status();
}
