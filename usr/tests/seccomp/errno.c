/* SECCOMP_RET_ERRNO: the call fails without being made; errno is bounded; 0 is success. */
#include "filter.h"

int main(void)
{
	CHECK(prctl(PR_GET_SECCOMP) == 0);
	CHECK(give_up_privileges() == 0);
	CHECK(install_on(SYS_getppid, SECCOMP_RET_ERRNO | EXDEV) == 0);
	CHECK(prctl(PR_GET_SECCOMP) == 2);
	CHECK(syscall(SYS_getppid) == -1 && errno == EXDEV);
	CHECK(syscall(SYS_getpid) > 0);
	CHECK(install_on(SYS_getpgrp, SECCOMP_RET_ERRNO | 0xffff) == 0);
	CHECK(syscall(SYS_getpgrp) == -1 && errno == 4095);
	CHECK(install_on(SYS_unlink, SECCOMP_RET_ERRNO) == 0);
	CHECK(syscall(SYS_unlink, "/nothing/here") == 0);
	return check_status();
}
