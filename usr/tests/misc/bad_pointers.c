#include "tests.h"

/* Pointers to nowhere are EFAULT, whatever the call. */
int main(void)
{
	CHECK(open((char *)nowhere, O_RDONLY) == -1 && errno == EFAULT);
	CHECK(chdir((char *)nowhere) == -1 && errno == EFAULT);
	CHECK(mkdir((char *)nowhere, 0) == -1 && errno == EFAULT);
	CHECK(unlink((char *)nowhere) == -1 && errno == EFAULT);
	CHECK(access((char *)nowhere, F_OK) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_stat, "/", nowhere) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_pipe, nowhere) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_getcwd, nowhere, 100) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_readlink, "/proc/self/exe", nowhere, 100) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_times, nowhere) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_rt_sigaction, SIGUSR1, nowhere, NULL, 8) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_rt_sigprocmask, SIG_BLOCK, nowhere, NULL, 8) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_execve, "/proc/self/exe", nowhere, NULL) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_select, 1, nowhere, NULL, NULL, NULL) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_poll, nowhere, 1, 0) == -1 && errno == EFAULT);
	return check_status();
}
