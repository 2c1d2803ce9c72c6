/* Strict mode: read, write, exit and the return from signal handlers; anything else is SIGKILL. */
#include "filter.h"

static int ends[2];

static int allowed(void *argument)
{
	char c;

	(void)argument;
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT))
		return 1;
	if (write(ends[1], "x", 1) != 1 || read(ends[0], &c, 1) != 1)
		syscall(SYS_exit, 2);
	syscall(SYS_exit, c == 'x' ? 0 : 3);
	return 4;
}

static int forbidden(void *argument)
{
	(void)argument;
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, NULL))
		return 1;
	syscall(SYS_getppid);
	syscall(SYS_exit, 0);
	return 4;
}

int main(void)
{
	alarm(20);
	CHECK(pipe(ends) == 0);
	CHECK(wait_for(start_child(allowed, NULL)) == 0);
	CHECK(wait_for(start_child(forbidden, NULL)) == 128 + SIGKILL);
	return check_status();
}
