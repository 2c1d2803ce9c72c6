/* What the tests of the scheduler share. Without the right to real-time policies they end at once, successfully. */
#ifndef LEGOOS_TESTS_SCHED_H
#define LEGOOS_TESTS_SCHED_H

#include "tests.h"
#include <pthread.h>
#include <sys/resource.h>

/* Puts the calling thread on the last CPU that it may use. @return its number */
static inline int pin(void)
{
	cpu_set_t all, one;
	int last = 0;

	sched_getaffinity(0, sizeof(all), &all);
	for (int i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &all))
			last = i;
	CPU_ZERO(&one);
	CPU_SET(last, &one);
	CHECK(sched_setaffinity(0, sizeof(one), &one) == 0);
	return last;
}

/* @return whether the calling thread has this policy now */
static inline int become(int policy, int priority)
{
	struct sched_param param = {.sched_priority = priority};

	return sched_setscheduler(0, policy, &param) == 0;
}

/* Whether this process may have real-time threads here. */
static inline int may_real_time(void)
{
	struct sched_param none = {0};

	if (!become(SCHED_FIFO, 1))
		return 0;
	sched_setscheduler(0, SCHED_OTHER, &none);
	return 1;
}

static inline void *shared_page(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

#endif
