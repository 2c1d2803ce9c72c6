/* Signals of a traced child stop it; the tracer sees, changes or takes them. */
#include "tests.h"
#include <sys/ptrace.h>

static volatile int got;

static void handler(int sig)
{
	got = got * 100 + sig;
}

static int child(void *arg)
{
	signal(SIGUSR1, handler);
	signal(SIGUSR2, handler);
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	raise(SIGUSR1);
	raise(SIGUSR1);
	raise(SIGUSR1);
	signal(SIGHUP, SIG_IGN);
	raise(SIGHUP);
	return (int)(long)arg + (got == SIGUSR1 * 100 + SIGUSR2 ? 42 : got);
}

int main(void)
{
	siginfo_t info;
	int status;
	pid_t pid;

	alarm(20);
	pid = start_child(child, NULL);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) && WSTOPSIG(status) == SIGUSR1);
	CHECK(ptrace(PTRACE_GETSIGINFO, pid, 0, &info) == 0 && info.si_code == SI_TKILL && info.si_pid == pid);
	CHECK(ptrace(PTRACE_CONT, pid, 0, SIGUSR1) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WSTOPSIG(status) == SIGUSR1);
	CHECK(ptrace(PTRACE_CONT, pid, 0, SIGUSR2) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WSTOPSIG(status) == SIGUSR1);
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) && WSTOPSIG(status) == SIGHUP);
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(wait_for(pid) == 42);
	return check_status();
}
