#include "tests.h"

/* getrandom(2): fills buffers, differs each time, refuses unknown flags and bad pointers. */
int main(void)
{
	unsigned char a[64] = {0}, b[64] = {0};

	CHECK(syscall(SYS_getrandom, a, sizeof(a), 0) == sizeof(a));
	CHECK(syscall(SYS_getrandom, b, sizeof(b), 1) == sizeof(b));
	CHECK(memcmp(a, b, sizeof(a)) != 0);
	CHECK(syscall(SYS_getrandom, a, 0, 0) == 0);
	CHECK(syscall(SYS_getrandom, a, 1, 0x100) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_getrandom, nowhere, 16, 0) == -1 && errno == EFAULT);
	return check_status();
}
