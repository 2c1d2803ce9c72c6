#include "tests.h"

/* arch_prctl(2): FS and GS bases; addresses beyond user space are EPERM. */
int main(void)
{
	unsigned long fs = 0, gs = 0;

	CHECK(syscall(SYS_arch_prctl, 0x1003, &fs) == 0 && fs != 0);
	CHECK(syscall(SYS_arch_prctl, 0x1001, 0x12345678UL) == 0);
	CHECK(syscall(SYS_arch_prctl, 0x1004, &gs) == 0 && gs == 0x12345678UL);
	CHECK(syscall(SYS_arch_prctl, 0x1001, 1UL << 63) == -1 && errno == EPERM);
	CHECK(syscall(SYS_arch_prctl, 0x7777, 0) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_arch_prctl, 0x1003, nowhere) == -1 && errno == EFAULT);
	return check_status();
}
