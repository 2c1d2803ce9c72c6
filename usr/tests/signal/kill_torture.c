/* Threads send each other thousands of queued signals; all arrive, each value once. */
#include "tests.h"
#include <pthread.h>

#define SENDERS 4
#define EACH 500

static volatile int received;
static volatile long sum;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	received++;
	sum += info->si_value.sival_int;
}

static void *sender(void *arg)
{
	for (int i = 1; i <= EACH; i++)
		while (sigqueue(getpid(), SIGRTMIN, (union sigval){ .sival_int = i }))
			sched_yield();
	return arg;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART };
	pthread_t t[SENDERS];
	sigset_t set;

	alarm(20);
	sigaction(SIGRTMIN, &action, NULL);
	/* The senders inherit the mask: only this thread may run the handler, which counts without locks. */
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	for (int i = 0; i < SENDERS; i++)
		pthread_create(&t[i], NULL, sender, NULL);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	for (int i = 0; i < SENDERS; i++)
		pthread_join(t[i], NULL);
	/* The last one may still be on its way to this thread's core. */
	while (received < SENDERS * EACH)
		sched_yield();
	CHECK(received == SENDERS * EACH);
	CHECK(sum == (long)SENDERS * EACH * (EACH + 1) / 2);
	return check_status();
}
