/* SECCOMP_RET_TRACE: without a tracer ENOSYS; a tracer sees the event and may change the result. */
#include "filter.h"

#include <sys/ptrace.h>
#include <sys/user.h>

#ifndef PTRACE_EVENT_SECCOMP
#define PTRACE_EVENT_SECCOMP 7
#endif

static int tracee(void *argument)
{
	(void)argument;
	give_up_privileges();
	install_on(SYS_getppid, SECCOMP_RET_TRACE | 321);
	if (syscall(SYS_getppid) != -1 || errno != ENOSYS)
		return 1;
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	raise(SIGSTOP);
	if (syscall(SYS_getppid) != 4242)
		return 2;
	return syscall(SYS_getppid) != getpid(); /* the tracer makes it getpid */
}

int main(void)
{
	struct user_regs_struct regs;
	unsigned long message = 0;
	int status;
	pid_t child = start_child(tracee, NULL);

	alarm(20);
	CHECK(waitpid(child, &status, 0) == child && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESECCOMP) == 0);
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, 0) == child && status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8));
	CHECK(ptrace(PTRACE_GETEVENTMSG, child, 0, &message) == 0 && message == 321);
	CHECK(ptrace(PTRACE_GETREGS, child, 0, &regs) == 0 && regs.orig_rax == SYS_getppid);
	regs.orig_rax = -1;
	regs.rax = 4242;
	CHECK(ptrace(PTRACE_SETREGS, child, 0, &regs) == 0);
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, 0) == child && status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8));
	CHECK(ptrace(PTRACE_GETREGS, child, 0, &regs) == 0);
	regs.orig_rax = SYS_getpid;
	CHECK(ptrace(PTRACE_SETREGS, child, 0, &regs) == 0);
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	CHECK(wait_for(child) == 0);
	return check_status();
}
