#include "sched.h"

/* getrlimit(2), RLIMIT_RTTIME: SIGXCPU when a real-time thread computes for longer than the soft limit, SIGKILL at the hard one; who
 * sleeps in between begins anew, and ordinary threads do not count. */
static volatile int warned;

static void warn(int signal)
{
	warned += signal == SIGXCPU;
}

static int compute(void *argument)
{
	struct rlimit *limit = argument;

	signal(SIGXCPU, warn);
	if (setrlimit(RLIMIT_RTTIME, limit) != 0 || !become(SCHED_RR, 1))
		return 1;
	while (!warned)
		;
	return 42;
}

static int compute_on(void *argument)
{
	struct rlimit *limit = argument;

	signal(SIGXCPU, SIG_IGN);
	if (setrlimit(RLIMIT_RTTIME, limit) != 0 || !become(SCHED_FIFO, 1))
		return 1;
	for (;;)
		;
}

static int sleep_often(void *argument)
{
	struct rlimit *limit = argument;
	struct timespec tick = {0, 1000000}, from, now;

	if (setrlimit(RLIMIT_RTTIME, limit) != 0 || !become(SCHED_FIFO, 1))
		return 1;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	do {
		for (volatile int i = 0; i < 200000; i++)
			;
		nanosleep(&tick, NULL);
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	} while ((now.tv_sec - from.tv_sec) * 1000 + (now.tv_nsec - from.tv_nsec) / 1000000 < 300);
	return 43;
}

static int ordinary(void *argument)
{
	struct rlimit *limit = argument;
	struct timespec now;

	if (setrlimit(RLIMIT_RTTIME, limit) != 0)
		return 1;
	do
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	while (now.tv_sec == 0 && now.tv_nsec < 300000000);
	return 44;
}

int main(void)
{
	struct rlimit small = {200000, 30000000}, hard = {100000, 200000};

	alarm(60);
	CHECK(wait_for(start_child(ordinary, &hard)) == 44);
	if (!may_real_time())
		return check_status();
	CHECK(wait_for(start_child(compute, &small)) == 42);
	CHECK(wait_for(start_child(compute_on, &hard)) == 128 + SIGKILL);
	CHECK(wait_for(start_child(sleep_often, &small)) == 43);
	return check_status();
}
