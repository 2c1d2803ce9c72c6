/* sigsuspend waits with another mask and puts the old one back; pause ends after a handler. */
#include "tests.h"

static volatile int seen;

static void handler(int sig)
{
	seen = sig;
}

int main(void)
{
	sigset_t blocked, none, now;

	alarm(20);
	signal(SIGUSR1, handler);
	signal(SIGUSR2, handler);
	sigemptyset(&none);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	raise(SIGUSR1);
	CHECK(seen == 0);
	CHECK(sigsuspend(&none) == -1 && errno == EINTR);
	CHECK(seen == SIGUSR1);
	sigprocmask(SIG_BLOCK, NULL, &now);
	CHECK(sigismember(&now, SIGUSR1) == 1);
	return check_status();
}
