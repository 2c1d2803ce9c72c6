#include "sched.h"

/* sched(7), "Limiting the CPU usage of real-time": a SCHED_FIFO thread that never sleeps does not keep an ordinary one of the same
 * process and CPU from its work for ever. */
static volatile int spins, is_done;

static void *spinner(void *unused)
{
	(void)unused;
	become(SCHED_FIFO, 50);
	spins = 1;
	while (!is_done)
		;
	return NULL;
}

int main(void)
{
	pthread_t thread;
	volatile unsigned long work = 0;

	alarm(60);
	if (!may_real_time())
		return check_status();
	pin();
	CHECK(pthread_create(&thread, NULL, spinner, NULL) == 0);
	while (!spins)
		sched_yield();
	while (work < 100000)
		work++;
	is_done = 1;
	CHECK(pthread_join(thread, NULL) == 0);
	return check_status();
}
