/* The signal in clone(2)'s low byte: any one, none, or a number that is no signal. */
#define _GNU_SOURCE
#include "tests.h"
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static volatile sig_atomic_t last;

static void handler(int number)
{
	last = number;
}

static void clone_and_wait(unsigned long flags)
{
	int status = -1;
	pid_t child;

	last = 0;
	child = (pid_t)syscall(SYS_clone, flags, 0, 0, 0, 0);
	if (child == 0)
		_exit(3);
	CHECK(child > 0);
	CHECK(waitpid(child, &status, __WALL) == child && WIFEXITED(status) && WEXITSTATUS(status) == 3);
	printf("%lu: %d\n", flags, (int)last);
}

int main(void)
{
	alarm(20);
	for (int number = 1; number <= 64; number++)
		if (number != SIGALRM)
			signal(number, handler);
	clone_and_wait(SIGCHLD);
	clone_and_wait(0);
	clone_and_wait(SIGUSR1);
	clone_and_wait(64);
	clone_and_wait(65);
	clone_and_wait(215);
	clone_and_wait(255);
	return check_status();
}
