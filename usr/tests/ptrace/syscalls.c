/* A tracer like strace: every system call of a child, in and out, with its number, arguments and result. */
#include "tests.h"
#include <sys/ptrace.h>
#include <sys/user.h>

static int child(void *arg)
{
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	raise(SIGSTOP);
	syscall(SYS_getppid);
	syscall(SYS_close, 77);
	syscall(SYS_exit_group, 5);
	return (int)(long)arg;
}

int main(void)
{
	struct user_regs_struct regs;
	int status, in = 0;
	pid_t pid;

	alarm(20);
	pid = start_child(child, NULL);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	CHECK(ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) == 0);
	for (;;) {
		CHECK(ptrace(PTRACE_SYSCALL, pid, 0, 0) == 0);
		if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
			break;
		if (WSTOPSIG(status) != (SIGTRAP | 0x80))
			continue;
		ptrace(PTRACE_GETREGS, pid, 0, &regs);
		in = !in;
		if (regs.orig_rax == SYS_getppid && !in)
			printf("getppid %d\n", (pid_t)regs.rax == getpid());
		if (regs.orig_rax == SYS_close)
			printf("close(%lld) %s %lld\n", (long long)regs.rdi, in ? "begins" : "ends", (long long)regs.rax);
	}
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 5);
	return check_status();
}
