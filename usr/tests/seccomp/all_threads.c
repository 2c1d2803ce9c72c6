/* SECCOMP_FILTER_FLAG_TSYNC: all threads get the filters, unless one has others. */
#include "filter.h"

#include <pthread.h>

static pthread_barrier_t barrier;
static pid_t other_tid;

static void *waits(void *argument)
{
	other_tid = syscall(SYS_gettid);
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	CHECK(syscall(SYS_getppid) == -1 && errno == EXDEV);
	CHECK(install_on(SYS_getpgrp, SECCOMP_RET_ERRNO | ENODEV) == 0);
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	return argument;
}

int main(void)
{
	struct sock_filter filter[] = {LOAD(nr), ON(SYS_getppid, SECCOMP_RET_ERRNO | EXDEV), RETURN(SECCOMP_RET_ALLOW)};
	pthread_t thread;

	alarm(20);
	CHECK(give_up_privileges() == 0);
	pthread_barrier_init(&barrier, NULL, 2);
	CHECK(pthread_create(&thread, NULL, waits, NULL) == 0);
	pthread_barrier_wait(&barrier);
	CHECK(install_flags(filter, LENGTH(filter), SECCOMP_FILTER_FLAG_TSYNC) == 0);
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	CHECK(install_flags(filter, LENGTH(filter), SECCOMP_FILTER_FLAG_TSYNC) == other_tid);
	CHECK(syscall(SYS_getpgrp) > 0);
	pthread_barrier_wait(&barrier);
	CHECK(pthread_join(thread, NULL) == 0);
	return check_status();
}
