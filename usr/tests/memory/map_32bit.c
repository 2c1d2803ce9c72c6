#include "tests.h"

/* mmap(2), MAP_32BIT: an address in the first 2 GiB. */
int main(void)
{
	char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	CHECK(p != MAP_FAILED);
	CHECK((unsigned long)p < 1UL << 31);
	*p = 1;
	CHECK(*p == 1);
	return check_status();
}
