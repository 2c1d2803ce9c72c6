#include "tests.h"

/* get_mempolicy(2), set_mempolicy(2): the default policy, and modes that are wrong. */
int main(void)
{
	unsigned long mask[16] = {0};
	int mode = 77;

	CHECK(syscall(SYS_get_mempolicy, &mode, NULL, 0, NULL, 0) == 0 && mode == 0);
	CHECK(syscall(SYS_get_mempolicy, NULL, mask, sizeof(mask) * 8, NULL, 4) == 0 && (mask[0] & 1) == 1);
	CHECK(syscall(SYS_set_mempolicy, 0, NULL, 0) == 0);
	CHECK(syscall(SYS_set_mempolicy, 100, NULL, 0) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_get_mempolicy, &mode, NULL, 0, NULL, 0x100) == -1 && errno == EINVAL);
	return check_status();
}
