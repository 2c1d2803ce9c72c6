#include "tests.h"

/* ioprio_get(2), ioprio_set(2): classes and errors. */
int main(void)
{
	CHECK(syscall(SYS_ioprio_get, 1, 0) >= 0);
	CHECK(syscall(SYS_ioprio_set, 1, 0, (2 << 13) | 4) == 0);
	CHECK(syscall(SYS_ioprio_get, 9, 0) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_ioprio_set, 1, 0, 5 << 13) == -1 && errno == EINVAL);
	return check_status();
}
