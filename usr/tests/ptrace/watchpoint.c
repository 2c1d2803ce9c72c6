/* Debug registers by PTRACE_POKEUSER: a watched variable stops the tracee when a store changes it; a breakpoint for execution. */
#include "tests.h"

#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/user.h>

static volatile long watched, other;

static __attribute__((noinline)) void function(void)
{
	other++;
}

static int child(void *unused)
{
	void (*volatile f)(void) = function;
	int i;

	(void)unused;
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	raise(SIGSTOP);
	for (i = 0; i < 100; i++)
		other += i;
	watched = 5;
	for (i = 0; i < 10; i++)
		other++;
	watched = 9;
	f();
	f();
	return watched == 9 ? 3 : 1;
}

static long poke(pid_t pid, int index, unsigned long value)
{
	return ptrace(PTRACE_POKEUSER, pid, offsetof(struct user, u_debugreg) + index * sizeof(long), value);
}

static long peek(pid_t pid, int index)
{
	return ptrace(PTRACE_PEEKUSER, pid, offsetof(struct user, u_debugreg) + index * sizeof(long), 0);
}

static int stopped(pid_t pid)
{
	int status;

	return waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) ? WSTOPSIG(status) : -status - 1;
}

int main(void)
{
	struct user_regs_struct regs;
	siginfo_t info;
	pid_t pid;
	int status;

	alarm(30);
	pid = start_child(child, NULL);
	CHECK(stopped(pid) == SIGSTOP);
	CHECK(peek(pid, 7) == 0);
	CHECK(poke(pid, 4, 0) == -1 && errno == EIO);
	CHECK(poke(pid, 0, ~0UL) == -1 && errno == EINVAL);
	CHECK(poke(pid, 0, (unsigned long)&watched) == 0 && peek(pid, 0) == (long)&watched);
	CHECK(poke(pid, 7, 0x1 | 0x20000) == -1 && errno == EINVAL); /* I/O */
	CHECK(poke(pid, 7, 0x1 | 0x90000) == 0); /* eight bytes, stores */
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0 && stopped(pid) == SIGTRAP);
	CHECK(ptrace(PTRACE_PEEKDATA, pid, &watched, 0) == 5);
	CHECK((peek(pid, 6) & 15) == 1);
	CHECK(ptrace(PTRACE_GETSIGINFO, pid, 0, &info) == 0 && info.si_code == 4);
	CHECK(poke(pid, 6, 0) == 0);
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0 && stopped(pid) == SIGTRAP);
	CHECK(ptrace(PTRACE_PEEKDATA, pid, &watched, 0) == 9);
	CHECK(poke(pid, 7, 0) == 0);
	CHECK(poke(pid, 1, (unsigned long)function) == 0 && poke(pid, 7, 0x4) == 0); /* execution */
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0 && stopped(pid) == SIGTRAP);
	CHECK(ptrace(PTRACE_GETREGS, pid, 0, &regs) == 0 && regs.rip == (unsigned long)function && (peek(pid, 6) & 15) == 2);
	CHECK(poke(pid, 7, 0) == 0 && ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 3);
	return check_status();
}
