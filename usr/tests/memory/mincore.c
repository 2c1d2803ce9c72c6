#include "tests.h"

/* mincore(2): one byte a page; errors. */
int main(void)
{
	char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned char in[2] = {0xff, 0xff};

	p[0] = 1;
	CHECK(mincore(p, PAGE_SIZE, in) == 0 && (in[0] & 1) == 1 && in[1] == 0xff);
	CHECK(mincore(p + 1, PAGE_SIZE, in) == -1 && errno == EINVAL);
	CHECK(mincore(p, PAGE_SIZE, (unsigned char *)nowhere) == -1 && errno == EFAULT);
	munmap(p, 2 * PAGE_SIZE);
	CHECK(mincore(p, PAGE_SIZE, in) == -1 && errno == ENOMEM);
	return check_status();
}
