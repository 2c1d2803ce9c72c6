#include "sched.h"

/* SCHED_RR threads of one priority take turns, and leave something to an ordinary one. */
static volatile unsigned long work[2];
static volatile int is_done;

static void *spinner(void *argument)
{
	volatile unsigned long *mine = argument;

	become(SCHED_RR, 10);
	while (!is_done)
		++*mine;
	return NULL;
}

int main(void)
{
	pthread_t threads[2];

	alarm(60);
	if (!may_real_time())
		return check_status();
	pin();
	for (int i = 0; i < 2; i++)
		CHECK(pthread_create(&threads[i], NULL, spinner, (void *)&work[i]) == 0);
	while (work[0] < 1000 || work[1] < 1000)
		;
	is_done = 1;
	for (int i = 0; i < 2; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	return check_status();
}
