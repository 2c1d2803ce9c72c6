/* PTRACE_PEEKSIGINFO: what is queued for a thread and for its process, without taking it. */
#include "tests.h"

#include <sys/ptrace.h>

static int child(void *unused)
{
	union sigval value;
	sigset_t set;
	int i;

	(void)unused;
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (i = 0; i < 3; i++) {
		value.sival_int = 10 + i;
		sigqueue(getpid(), SIGRTMIN, value);
	}
	syscall(SYS_tgkill, getpid(), getpid(), SIGUSR1);
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	raise(SIGSTOP);
	i = 0;
	while (sigwaitinfo(&set, NULL) > 0 && ++i < 4)
		;
	return i;
}

int main(void)
{
	struct __ptrace_peeksiginfo_args args = {0, PTRACE_PEEKSIGINFO_SHARED, 8};
	siginfo_t infos[8];
	int status;
	pid_t pid;

	alarm(20);
	pid = start_child(child, NULL);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	CHECK(ptrace(PTRACE_PEEKSIGINFO, pid, &args, infos) == 3);
	CHECK(infos[0].si_signo == SIGRTMIN && infos[0].si_value.sival_int == 10 && infos[2].si_value.sival_int == 12);
	args.off = 1;
	args.nr = 1;
	CHECK(ptrace(PTRACE_PEEKSIGINFO, pid, &args, infos) == 1 && infos[0].si_value.sival_int == 11);
	args.off = 5;
	CHECK(ptrace(PTRACE_PEEKSIGINFO, pid, &args, infos) == 0);
	args.off = 0;
	args.flags = 0;
	CHECK(ptrace(PTRACE_PEEKSIGINFO, pid, &args, infos) == 1 && infos[0].si_signo == SIGUSR1 && infos[0].si_code == SI_TKILL);
	args.flags = 2;
	CHECK(ptrace(PTRACE_PEEKSIGINFO, pid, &args, infos) == -1 && errno == EINVAL);
	args.flags = 0;
	args.nr = -1;
	CHECK(ptrace(PTRACE_PEEKSIGINFO, pid, &args, infos) == -1 && errno == EINVAL);
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 4);
	return check_status();
}
