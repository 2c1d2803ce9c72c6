/* __WNOTHREAD: only the children of the calling thread; those of a thread that has ended are its leader's. */
#include "tests.h"

#include <pthread.h>

#ifndef __WNOTHREAD
#define __WNOTHREAD 0x20000000
#endif

static int exits(void *code)
{
	return *(int *)code;
}

static pid_t of_main, of_thread, left;

static void *run(void *unused)
{
	int status, code = 5;

	(void)unused;
	CHECK(waitpid(of_main, &status, __WNOTHREAD) == -1 && errno == ECHILD);
	CHECK(waitpid(-1, &status, __WNOTHREAD) == -1 && errno == ECHILD);
	of_thread = start_child(exits, &code);
	CHECK(waitpid(-1, &status, __WNOTHREAD) == of_thread && WEXITSTATUS(status) == 5);
	left = start_child(exits, &code);
	return NULL;
}

int main(void)
{
	pthread_t thread;
	int status, code = 4;
	siginfo_t info;

	alarm(20);
	of_main = start_child(exits, &code);
	CHECK(pthread_create(&thread, NULL, run, NULL) == 0 && pthread_join(thread, NULL) == 0);
	CHECK(waitpid(of_main, &status, __WNOTHREAD) == of_main && WEXITSTATUS(status) == 4);
	CHECK(waitid(P_PID, left, &info, WEXITED | __WNOTHREAD) == 0 && info.si_pid == left && info.si_status == 5);
	CHECK(waitpid(-1, &status, __WNOTHREAD) == -1 && errno == ECHILD);
	return check_status();
}
