/* Ignored signals: lost when sent, also those that were pending; SIGCHLD and a fault cannot be ignored away. */
#include "tests.h"

static int fault(void *arg)
{
	signal(SIGSEGV, SIG_IGN);
	*(volatile int *)nowhere = 1;
	return (int)(long)arg;
}

static int blocked_fault(void *arg)
{
	sigset_t set;

	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	*(volatile int *)nowhere = 1;
	return (int)(long)arg;
}

int main(void)
{
	sigset_t set, pending;

	alarm(20);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	signal(SIGUSR1, SIG_IGN);
	sigpending(&pending);
	CHECK(!sigismember(&pending, SIGUSR1));
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(wait_for(start_child(fault, NULL)) == 128 + SIGSEGV);
	CHECK(wait_for(start_child(blocked_fault, NULL)) == 128 + SIGSEGV);
	return check_status();
}
