/* SECCOMP_RET_KILL_PROCESS and KILL_THREAD: who is gone, and what the parent is told. */
#include "filter.h"

#include <pthread.h>

static int process(void *argument)
{
	(void)argument;
	give_up_privileges();
	install_on(SYS_getppid, SECCOMP_RET_KILL_PROCESS);
	syscall(SYS_getppid);
	return 0;
}

static int single_thread(void *argument)
{
	(void)argument;
	give_up_privileges();
	install_on(SYS_getppid, SECCOMP_RET_KILL_THREAD);
	syscall(SYS_getppid);
	return 0;
}

static void *calls(void *argument)
{
	install_on(SYS_getppid, *(unsigned *)argument);
	syscall(SYS_getppid);
	return argument;
}

static int with_threads(void *argument)
{
	pthread_t thread;

	give_up_privileges();
	if (pthread_create(&thread, NULL, calls, argument))
		return 1;
	pthread_join(thread, NULL);
	return 42; /* when only the thread was killed */
}

static int unknown_action(void *argument)
{
	(void)argument;
	give_up_privileges();
	install_on(SYS_getppid, 0x12340000);
	syscall(SYS_getppid);
	return 0;
}

int main(void)
{
	unsigned kills_thread = SECCOMP_RET_KILL_THREAD, kills_process = SECCOMP_RET_KILL_PROCESS;

	alarm(20);
	CHECK(wait_for(start_child(process, NULL)) == 128 + SIGSYS);
	CHECK(wait_for(start_child(single_thread, NULL)) == 128 + SIGSYS);
	CHECK(wait_for(start_child(with_threads, &kills_thread)) == 42);
	CHECK(wait_for(start_child(with_threads, &kills_process)) == 128 + SIGSYS);
	CHECK(wait_for(start_child(unknown_action, NULL)) == 128 + SIGSYS);
	return check_status();
}
