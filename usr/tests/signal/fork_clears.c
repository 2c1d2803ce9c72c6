/* fork: handlers and the mask are copied, pending signals and timers are not. */
#include "tests.h"

static volatile int handled;

static void handler(int sig)
{
	handled += sig == SIGUSR1;
}

static int child(void *arg)
{
	struct itimerval timer;
	sigset_t set;
	int bad = 0;

	sigpending(&set);
	bad |= sigismember(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, NULL, &set);
	bad |= !sigismember(&set, SIGTERM) << 1;
	getitimer(ITIMER_REAL, &timer);
	bad |= (timer.it_value.tv_sec != 0) << 2;
	raise(SIGUSR1);
	bad |= (handled != 1) << 3;
	return bad + (arg != NULL);
}

int main(void)
{
	sigset_t set;

	alarm(20);
	signal(SIGUSR1, handler);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGTERM);
	CHECK(wait_for(start_child(child, NULL)) == 0);
	return check_status();
}
