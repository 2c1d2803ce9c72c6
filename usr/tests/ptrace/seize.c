/* PTRACE_SEIZE, INTERRUPT and LISTEN: no stop at attaching, PTRACE_EVENT_STOP at interrupts and at job control; EXITKILL. */
#include "tests.h"

#include <sys/ptrace.h>

static int gate[2];

static int child(void *unused)
{
	char c;

	(void)unused;
	close(gate[1]);
	while (read(gate[0], &c, 1) == -1 && errno == EINTR)
		;
	return 6;
}

int main(void)
{
	siginfo_t info;
	int status;
	pid_t pid;

	alarm(20);
	CHECK(pipe(gate) == 0);
	pid = start_child(child, NULL);
	CHECK(ptrace(PTRACE_SEIZE, pid, 0, 1L << 40) == -1 && errno == EIO);
	CHECK(ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACEEXIT) == 0);
	CHECK(waitpid(pid, &status, WNOHANG) == 0);
	CHECK(ptrace(PTRACE_INTERRUPT, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && status >> 8 == (SIGTRAP | PTRACE_EVENT_STOP << 8));
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(kill(pid, SIGSTOP) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && status >> 8 == SIGSTOP);
	CHECK(ptrace(PTRACE_GETSIGINFO, pid, 0, &info) == 0 && info.si_signo == SIGSTOP);
	CHECK(ptrace(PTRACE_CONT, pid, 0, SIGSTOP) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && status >> 8 == (SIGSTOP | PTRACE_EVENT_STOP << 8));
	CHECK(ptrace(PTRACE_LISTEN, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, WNOHANG) == 0);
	CHECK(kill(pid, SIGCONT) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && status >> 8 == (SIGTRAP | PTRACE_EVENT_STOP << 8));
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && status >> 8 == SIGCONT);
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	close(gate[1]);
	CHECK(waitpid(pid, &status, 0) == pid && status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8));
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 6);
	return check_status();
}
