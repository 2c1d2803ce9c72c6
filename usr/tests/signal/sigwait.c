/* sigwait, sigwaitinfo, sigtimedwait: take pending signals, wait for coming ones, time out. */
#include "tests.h"

int main(void)
{
	sigset_t set;
	siginfo_t info;
	struct timespec brief = { 0, 5000000 }, zero = { 0, 0 }, bad = { 0, -1 };
	int sig;
	pid_t child;

	alarm(20);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK(sigtimedwait(&set, &info, &zero) == -1 && errno == EAGAIN);
	CHECK(sigtimedwait(&set, &info, &brief) == -1 && errno == EAGAIN);
	CHECK(sigtimedwait(&set, &info, &bad) == -1 && errno == EINVAL);
	raise(SIGUSR1);
	CHECK(sigwait(&set, &sig) == 0 && sig == SIGUSR1);
	sigqueue(getpid(), SIGRTMIN, (union sigval){ .sival_int = 5 });
	raise(SIGUSR1);
	CHECK(sigwaitinfo(&set, &info) == SIGUSR1);
	CHECK(sigwaitinfo(&set, &info) == SIGRTMIN && info.si_value.sival_int == 5);
	child = fork();
	if (child == 0) {
		usleep(10000);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	CHECK(sigwaitinfo(&set, &info) == SIGUSR1 && info.si_pid == child);
	CHECK(wait_for(child) == 0);
	return check_status();
}
