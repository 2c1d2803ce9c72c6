/* sched_setaffinity(2), getcpu(2), policies and their ranges. */
#include "tests.h"

int main(void)
{
	cpu_set_t all, one;
	unsigned cpu, node;
	struct sched_param param = { 0 };
	int last = -1;

	CHECK(sched_getaffinity(0, sizeof(all), &all) == 0);
	CHECK(CPU_COUNT(&all) >= 1);
	for (int i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &all))
			last = i;
	CPU_ZERO(&one);
	CHECK(sched_setaffinity(0, sizeof(one), &one) == -1 && errno == EINVAL);
	CPU_SET(last, &one);
	CHECK(sched_setaffinity(0, sizeof(one), &one) == 0);
	CHECK(syscall(SYS_getcpu, &cpu, &node, NULL) == 0);
	CHECK((int)cpu == last);
	CPU_ZERO(&one);
	CHECK(sched_getaffinity(0, sizeof(one), &one) == 0);
	CHECK(CPU_COUNT(&one) == 1 && CPU_ISSET(last, &one));
	CHECK(sched_setaffinity(0, sizeof(all), &all) == 0);
	CHECK(sched_getaffinity(0, 4, &one) == -1 && errno == EINVAL);
	CHECK(sched_getaffinity(2000000000, sizeof(one), &one) == -1 && errno == ESRCH);
	CHECK(sched_getscheduler(0) == SCHED_OTHER);
	CHECK(sched_get_priority_max(SCHED_FIFO) == 99);
	CHECK(sched_get_priority_min(SCHED_RR) == 1);
	CHECK(sched_get_priority_max(SCHED_OTHER) == 0);
	CHECK(sched_setscheduler(0, SCHED_BATCH, &param) == 0);
	CHECK(sched_getscheduler(0) == SCHED_BATCH);
	CHECK(sched_setscheduler(0, SCHED_OTHER, &param) == 0);
	param.sched_priority = 5;
	CHECK(sched_setscheduler(0, SCHED_OTHER, &param) == -1 && errno == EINVAL);
	CHECK(sched_yield() == 0);
	return check_status();
}
