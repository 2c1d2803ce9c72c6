/* RLIMIT_SIGPENDING: sigqueue(3) fails with EAGAIN beyond it; kill(2) of a standard signal does not. */
#include "tests.h"
#include <sys/resource.h>

int main(void)
{
	struct rlimit limit = { 4, 4 };
	sigset_t set;
	int queued = 0;

	alarm(20);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK(setrlimit(RLIMIT_SIGPENDING, &limit) == 0);
	for (int i = 0; i < 10; i++)
		queued += sigqueue(getpid(), SIGRTMIN, (union sigval){ .sival_int = i }) == 0;
	CHECK(queued <= 4);
	CHECK(sigqueue(getpid(), SIGRTMIN, (union sigval){ .sival_int = 0 }) == -1 && errno == EAGAIN);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	sigpending(&set);
	CHECK(sigismember(&set, SIGUSR1) == 1);
	return check_status();
}
