#include "tests.h"

/* mremap(2): unaligned, empty, unmapped, unknown flags. */
int main(void)
{
	char *p = mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(mremap(p + 1, PAGE_SIZE, PAGE_SIZE, 0) == MAP_FAILED && errno == EINVAL);
	CHECK(mremap(p, PAGE_SIZE, 0, 0) == MAP_FAILED && errno == EINVAL);
	CHECK(mremap(p, PAGE_SIZE, PAGE_SIZE, 0x100) == MAP_FAILED && errno == EINVAL);
	munmap(p, PAGE_SIZE);
	CHECK(mremap(p, PAGE_SIZE, 2 * PAGE_SIZE, MREMAP_MAYMOVE) == MAP_FAILED && errno == EFAULT);
	return check_status();
}
