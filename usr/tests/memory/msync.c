#include "tests.h"

/* msync(2): flags and ranges. */
int main(void)
{
	char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(msync(p, PAGE_SIZE, MS_SYNC) == 0);
	CHECK(msync(p, PAGE_SIZE, MS_ASYNC) == 0);
	CHECK(msync(p, PAGE_SIZE, MS_SYNC | MS_ASYNC) == -1 && errno == EINVAL);
	CHECK(msync(p, PAGE_SIZE, 0x80) == -1 && errno == EINVAL);
	CHECK(msync(p + 1, PAGE_SIZE, MS_SYNC) == -1 && errno == EINVAL);
	munmap(p + PAGE_SIZE, PAGE_SIZE);
	CHECK(msync(p, 2 * PAGE_SIZE, MS_SYNC) == -1 && errno == ENOMEM);
	return check_status();
}
