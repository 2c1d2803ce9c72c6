/* Filters go along with fork, threads and execve; they can be added to, and the strictest counts. */
#include "filter.h"

#include <pthread.h>

static int forked(void *argument)
{
	(void)argument;
	CHECK(syscall(SYS_getppid) == -1 && errno == EXDEV);
	CHECK(install_on(SYS_getppid, SECCOMP_RET_ALLOW) == 0);
	CHECK(syscall(SYS_getppid) == -1 && errno == EXDEV);
	CHECK(install_on(SYS_getppid, SECCOMP_RET_ERRNO | ENODEV) == 0); /* the newest of equals */
	CHECK(syscall(SYS_getppid) == -1 && errno == ENODEV);
	CHECK(install_on(SYS_getppid, SECCOMP_RET_KILL_PROCESS) == 0);
	syscall(SYS_getppid);
	return 0;
}

static void *thread(void *argument)
{
	CHECK(syscall(SYS_getppid) == -1 && errno == EXDEV);
	return argument;
}

static int execs(void *argument)
{
	reexec("inherited", "after", NULL);
	(void)argument;
	return 9;
}

int main(int argc, char **argv)
{
	pthread_t other;

	(void)argv;
	if (argc > 1) {
		CHECK(syscall(SYS_getppid) == -1 && errno == EXDEV);
		CHECK(prctl(PR_GET_SECCOMP) == 2);
		return check_failures != 0;
	}
	CHECK(give_up_privileges() == 0);
	CHECK(install_on(SYS_getppid, SECCOMP_RET_ERRNO | EXDEV) == 0);
	CHECK(pthread_create(&other, NULL, thread, NULL) == 0 && pthread_join(other, NULL) == 0);
	CHECK(wait_for(start_child(forked, NULL)) == 128 + SIGSYS);
	CHECK(wait_for(start_child(execs, NULL)) == 0);
	CHECK(syscall(SYS_getppid) == -1 && errno == EXDEV);
	return check_status();
}
