/* A process-directed signal goes to a thread that waits for it; a thread-directed one only to its thread. */
#include "tests.h"
#include <pthread.h>

static volatile int in_main;

static void handler(int sig)
{
	in_main += sig == SIGUSR2;
}

static void *waiter(void *arg)
{
	sigset_t set;
	int sig = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigwait(&set, &sig);
	return (void *)(long)(sig + (arg != NULL));
}

int main(void)
{
	pthread_t a, b;
	sigset_t set;
	void *ra, *rb;

	alarm(20);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGUSR2, handler);
	pthread_create(&a, NULL, waiter, NULL);
	pthread_create(&b, NULL, waiter, NULL);
	kill(getpid(), SIGUSR1);
	usleep(10000);
	pthread_kill(a, SIGUSR1);
	usleep(10000);
	pthread_kill(b, SIGUSR1);
	pthread_join(a, &ra);
	pthread_join(b, &rb);
	CHECK(ra == (void *)SIGUSR1 && rb == (void *)SIGUSR1);
	pthread_kill(pthread_self(), SIGUSR2);
	CHECK(in_main == 1);
	return check_status();
}
