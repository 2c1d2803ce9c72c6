/* Each thread has its own mask; a signal for the process goes to a thread that does not block it, also when that changes. */
#include "tests.h"
#include <pthread.h>

static __thread int is_helper;
static volatile int by_helper, by_main;
static volatile int stop, ready;

static void handler(int sig)
{
	(void)sig;
	if (is_helper)
		by_helper++;
	else
		by_main++;
}

static void *helper(void *arg)
{
	is_helper = 1;
	ready = 1;
	while (!stop)
		usleep(1000);
	return arg;
}

int main(void)
{
	pthread_t t;
	sigset_t set;

	alarm(20);
	signal(SIGUSR1, handler);
	pthread_create(&t, NULL, helper, NULL);
	while (!ready)
		usleep(200);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	for (int i = 1; i <= 20; i++) {
		kill(getpid(), SIGUSR1);
		while (by_helper < i)
			usleep(200);
	}
	CHECK(by_helper == 20 && by_main == 0);
	stop = 1;
	pthread_join(t, NULL);
	kill(getpid(), SIGUSR1);
	CHECK(by_main == 0);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	CHECK(by_main == 1);
	return check_status();
}
