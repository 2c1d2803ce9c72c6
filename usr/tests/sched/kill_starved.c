#include "sched.h"

/* SIGKILL ends a thread that waits for the CPU which a SCHED_FIFO sibling has, and a process whose main thread does. */
static volatile int *flags;

static void *spinner(void *unused)
{
	(void)unused;
	become(SCHED_FIFO, 99);
	flags[0] = 1;
	while (flags)
		;
	return NULL;
}

static int starve(void *unused)
{
	pthread_t thread;

	(void)unused;
	pin();
	pthread_create(&thread, NULL, spinner, NULL);
	while (flags)
		flags[1]++;
	return 1;
}

int main(void)
{
	alarm(60);
	if (!may_real_time())
		return check_status();
	for (int i = 0; i < 4; i++) {
		flags = shared_page();
		pid_t child = start_child(starve, NULL);
		while (!flags[0])
			usleep(1000);
		CHECK(kill(child, SIGKILL) == 0);
		CHECK(wait_for(child) == 128 + SIGKILL);
	}
	return check_status();
}
