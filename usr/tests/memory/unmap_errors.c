#include "tests.h"

/* munmap(2): unaligned, empty and impossible ranges. */
int main(void)
{
	CHECK(munmap((void *)1, PAGE_SIZE) == -1 && errno == EINVAL);
	CHECK(munmap((void *)PAGE_SIZE, 0) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_munmap, 1UL << 63, PAGE_SIZE) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_munmap, 0x10000UL, -1L) == -1 && errno == EINVAL);
	return check_status();
}
