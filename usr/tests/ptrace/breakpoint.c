/* A debugger's work: an int3 in the code, SIGTRAP there, the instruction put back, a single step, on to the end. */
#include "tests.h"
#include <sys/ptrace.h>
#include <sys/user.h>

static volatile int calls;

static __attribute__((noinline)) void function(void)
{
	calls++;
}

static int child(void *arg)
{
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	raise(SIGSTOP);
	void (*volatile f)(void) = function;
	for (int i = 0; i < 3; i++)
		f();
	return calls + (int)(long)arg;
}

int main(void)
{
	struct user_regs_struct regs;
	siginfo_t info;
	int status, hits = 0;
	long text;
	pid_t pid;

	alarm(20);
	pid = start_child(child, NULL);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	text = ptrace(PTRACE_PEEKTEXT, pid, function, 0);
	for (;;) {
		ptrace(PTRACE_POKETEXT, pid, function, (text & ~0xffL) | 0xcc);
		ptrace(PTRACE_CONT, pid, 0, 0);
		if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
			break;
		ptrace(PTRACE_GETREGS, pid, 0, &regs);
		ptrace(PTRACE_GETSIGINFO, pid, 0, &info);
		if (WSTOPSIG(status) != SIGTRAP || regs.rip != (unsigned long)function + 1 || info.si_signo != SIGTRAP)
			break;
		hits++;
		regs.rip--;
		ptrace(PTRACE_POKETEXT, pid, function, text);
		ptrace(PTRACE_SETREGS, pid, 0, &regs);
		ptrace(PTRACE_SINGLESTEP, pid, 0, 0);
		if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status) || WSTOPSIG(status) != SIGTRAP)
			break;
		ptrace(PTRACE_GETREGS, pid, 0, &regs);
		if (regs.rip <= (unsigned long)function || regs.rip > (unsigned long)function + 16)
			break;
	}
	CHECK(hits == 3);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 3);
	return check_status();
}
