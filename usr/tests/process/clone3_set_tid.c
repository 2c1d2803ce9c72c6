/* clone3's set_tid: the number that the child gets; and what is refused about it and about cgroups. */
#include "tests.h"

#include <linux/sched.h>

static pid_t start(struct clone_args *args)
{
	pid_t child = syscall(SYS_clone3, args, sizeof *args);

	if (child == 0)
		_exit(3);
	return child;
}

int main(void)
{
	pid_t wanted[2], child;
	struct clone_args args = {.exit_signal = SIGCHLD, .set_tid = (unsigned long)wanted, .set_tid_size = 1}, bad;
	int tries;

	wanted[0] = 0;
	CHECK(start(&args) == -1 && errno == EINVAL);
	wanted[0] = -5;
	CHECK(start(&args) == -1 && errno == EINVAL);
	bad = args;
	bad.set_tid_size = 33;
	CHECK(start(&bad) == -1 && errno == EINVAL);
	bad.set_tid_size = 0;
	CHECK(start(&bad) == -1 && errno == EINVAL);
	bad.set_tid = 0;
	bad.set_tid_size = 1;
	CHECK(start(&bad) == -1 && errno == EINVAL);
	bad = (struct clone_args){.exit_signal = SIGCHLD, .flags = CLONE_INTO_CGROUP, .cgroup = 9999};
	CHECK(start(&bad) == -1 && errno == EBADF);
	bad.cgroup = 0x80000000UL;
	CHECK(start(&bad) == -1 && errno == EINVAL);
	wanted[0] = getpid();
	child = start(&args);
	CHECK(child == -1 && (errno == EEXIST || errno == EPERM));
	if (errno == EPERM)
		return check_status(); /* an ordinary user may not choose */
	for (tries = 0; tries < 20; tries++) { /* somebody else may be faster */
		wanted[0] = fork();
		if (wanted[0] == 0)
			_exit(0);
		wait_for(wanted[0]);
		child = start(&args);
		if (child > 0 || errno != EEXIST)
			break;
	}
	CHECK(child == wanted[0]);
	CHECK(wait_for(child) == 3);
	return check_status();
}
