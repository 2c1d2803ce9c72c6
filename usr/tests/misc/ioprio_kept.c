#include "tests.h"

#define WHO_PROCESS 1
#define WHO_PGRP 2
#define CLASS(c, level) ((c) << 13 | (level))

static int of_child(void *unused)
{
	(void)unused;
	return syscall(SYS_ioprio_get, WHO_PROCESS, 0) == CLASS(2, 6) ? 0 : 1;
}

/* I/O priorities are kept for each thread, inherited, and checked. */
int main(void)
{
	alarm(20);
	if (getpgrp() != getpid())
		(void)!setpgid(0, 0);
	CHECK(syscall(SYS_ioprio_set, WHO_PROCESS, 0, CLASS(2, 6)) == 0);
	CHECK(syscall(SYS_ioprio_get, WHO_PROCESS, 0) == CLASS(2, 6));
	CHECK(wait_for(start_child(of_child, NULL)) == 0);
	CHECK(syscall(SYS_ioprio_set, WHO_PGRP, 0, CLASS(3, 0)) == 0);
	CHECK(syscall(SYS_ioprio_get, WHO_PGRP, 0) >> 13 == 3);
	CHECK(syscall(SYS_ioprio_set, WHO_PROCESS, 0, CLASS(0, 1)) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_ioprio_set, WHO_PROCESS, 0, 0) == 0);
	CHECK(syscall(SYS_ioprio_set, WHO_PROCESS, 0x7ffffff, 0) == -1 && errno == ESRCH);
	CHECK(syscall(SYS_ioprio_get, WHO_PROCESS, 0x7ffffff) == -1 && errno == ESRCH);
	CHECK(syscall(SYS_ioprio_get, 0, 0) == -1 && errno == EINVAL);
	return check_status();
}
