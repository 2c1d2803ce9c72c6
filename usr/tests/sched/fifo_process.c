#include "sched.h"

/* A SCHED_FIFO process and an ordinary one on the same CPU, with memory that they share and without. */
static int run(volatile int *flags)
{
	pid_t fifo = fork(), other;

	if (fifo == 0) {
		become(SCHED_FIFO, 99);
		if (flags)
			flags[0] = 1;
		for (;;)
			;
	}
	while (flags && !flags[0])
		sched_yield();
	other = fork();
	if (other == 0) {
		for (volatile int i = 0; i < 100000; i++)
			;
		_exit(7);
	}
	CHECK(wait_for(other) == 7);
	kill(fifo, SIGKILL);
	CHECK(wait_for(fifo) == 128 + SIGKILL);
	return 0;
}

int main(void)
{
	alarm(100);
	if (!may_real_time())
		return check_status();
	pin();
	run(NULL);
	run(shared_page());
	return check_status();
}
