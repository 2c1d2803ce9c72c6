/* CLONE_CLEAR_SIGHAND: handlers are gone in the child, what is ignored stays ignored; not with CLONE_SIGHAND. */
#include "tests.h"

#include <linux/sched.h>

#ifndef CLONE_CLEAR_SIGHAND
#define CLONE_CLEAR_SIGHAND 0x100000000ULL
#endif

static void handler(int signal)
{
	(void)signal;
}

int main(void)
{
	struct clone_args args = {.exit_signal = SIGCHLD, .flags = CLONE_CLEAR_SIGHAND};
	struct sigaction now;
	pid_t child;

	signal(SIGUSR1, handler);
	signal(SIGUSR2, SIG_IGN);
	child = syscall(SYS_clone3, &args, sizeof args);
	if (child == 0) {
		int status = 0;

		sigaction(SIGUSR1, NULL, &now);
		status |= now.sa_handler == SIG_DFL ? 0 : 1;
		sigaction(SIGUSR2, NULL, &now);
		status |= now.sa_handler == SIG_IGN ? 0 : 2;
		_exit(status);
	}
	CHECK(wait_for(child) == 0);
	sigaction(SIGUSR1, NULL, &now);
	CHECK(now.sa_handler == handler);
	args.flags |= CLONE_SIGHAND | CLONE_VM;
	CHECK(syscall(SYS_clone3, &args, sizeof args) == -1 && errno == EINVAL);
	return check_status();
}
