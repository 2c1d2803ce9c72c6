/* PTRACE_GET_SYSCALL_INFO at the entry and the exit of a call and elsewhere; PTRACE_SYSEMU skips calls. */
#include "tests.h"

#include <sys/ptrace.h>
#include <sys/user.h>

#ifndef PTRACE_SYSEMU
#define PTRACE_SYSEMU 31
#endif

static int child(void *unused)
{
	(void)unused;
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	raise(SIGSTOP);
	syscall(SYS_close, 777, 2, 3, 4, 5, 6);
	syscall(SYS_getppid);
	raise(SIGSTOP);
	return syscall(SYS_getpid) == 1234 ? 7 : 1; /* the tracer answers */
}

static int go(pid_t pid, int how)
{
	int status;

	CHECK(ptrace(how, pid, 0, 0) == 0);
	return waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) ? WSTOPSIG(status) : -1;
}

int main(void)
{
	struct __ptrace_syscall_info info;
	struct user_regs_struct regs;
	int status;
	pid_t pid;

	alarm(20);
	pid = start_child(child, NULL);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	CHECK(ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) == 0);
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) == 24 && info.op == 0 && info.arch == 0xc000003e);
	do {
		status = go(pid, PTRACE_SYSCALL) == (SIGTRAP | 0x80) && ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) > 24;
	} while (status && (info.op != 1 || info.entry.nr != SYS_close));
	CHECK(ptrace(PTRACE_GETREGS, pid, 0, &regs) == 0 && info.instruction_pointer == regs.rip && info.stack_pointer == regs.rsp);
	CHECK(info.entry.args[0] == 777 && info.entry.args[5] == 6);
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, pid, 8, &info) == 80);
	CHECK(go(pid, PTRACE_SYSCALL) == (SIGTRAP | 0x80));
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) == 33 && info.op == 2);
	CHECK(info.exit.rval == -EBADF && info.exit.is_error == 1);
	CHECK(go(pid, PTRACE_SYSCALL) == (SIGTRAP | 0x80) && go(pid, PTRACE_SYSCALL) == (SIGTRAP | 0x80));
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) == 33 && info.exit.rval == getpid() && !info.exit.is_error);
	CHECK(go(pid, PTRACE_CONT) == SIGSTOP);
	do {
		status = go(pid, PTRACE_SYSEMU);
	} while (status == (SIGTRAP | 0x80) && ptrace(PTRACE_GETREGS, pid, 0, &regs) == 0 && regs.orig_rax != SYS_getpid);
	CHECK(status == (SIGTRAP | 0x80) && regs.orig_rax == SYS_getpid);
	regs.rax = 1234;
	CHECK(ptrace(PTRACE_SETREGS, pid, 0, &regs) == 0 && ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 7);
	return check_status();
}
