#include "tests.h"

/* Numbers without a system call: ENOSYS, also for negative and huge ones. */
int main(void)
{
	CHECK(syscall(999) == -1 && errno == ENOSYS);
	CHECK(syscall(-1) == -1 && errno == ENOSYS);
	CHECK(syscall(0x7fffffffL) == -1 && errno == ENOSYS);
	return check_status();
}
