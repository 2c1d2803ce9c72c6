/* What each signal does to a process that did not choose. */
#include "tests.h"

static int raise_it(void *arg)
{
	alarm(10);
	raise((int)(long)arg);
	return 0;
}

int main(void)
{
	int status;

	alarm(60);
	for (int sig = 1; sig <= 31; sig++) {
		if (sig == SIGKILL || sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU)
			continue;
		pid_t pid = start_child(raise_it, (void *)(long)sig);

		waitpid(pid, &status, 0);
		printf("%d: %s\n", sig, WIFEXITED(status) ? "goes on" : WTERMSIG(status) == sig ? "ends" : "odd");
	}
	waitpid(start_child(raise_it, (void *)(long)SIGRTMIN), &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGRTMIN);
	return check_status();
}
