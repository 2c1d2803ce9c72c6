#include "tests.h"

/* mlock(2), munlock(2), mlock2(2): mapped ranges; ENOMEM over a hole. */
int main(void)
{
	char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(mlock(p, PAGE_SIZE) == 0);
	CHECK(munlock(p, PAGE_SIZE) == 0);
	CHECK(mlock2(p, PAGE_SIZE, 0) == 0);
	CHECK(mlock2(p, PAGE_SIZE, 0x80) == -1 && errno == EINVAL);
	munmap(p + PAGE_SIZE, PAGE_SIZE);
	CHECK(mlock(p, 2 * PAGE_SIZE) == -1 && errno == ENOMEM);
	CHECK(munlock(p, 2 * PAGE_SIZE) == -1 && errno == ENOMEM);
	return check_status();
}
