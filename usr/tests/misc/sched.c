#include "tests.h"

/* sched_yield(2), sched_getscheduler(2), priority ranges. */
int main(void)
{
	struct sched_param param = {.sched_priority = 7};

	CHECK(sched_yield() == 0);
	CHECK(sched_getscheduler(0) == SCHED_OTHER);
	CHECK(sched_getparam(0, &param) == 0 && param.sched_priority == 0);
	CHECK(sched_get_priority_max(SCHED_FIFO) == 99 && sched_get_priority_min(SCHED_FIFO) == 1);
	CHECK(sched_get_priority_max(SCHED_OTHER) == 0);
	CHECK(sched_get_priority_max(77) == -1 && errno == EINVAL);
	CHECK(sched_setscheduler(0, 77, &param) == -1 && errno == EINVAL);
	param.sched_priority = 5;
	CHECK(sched_setscheduler(0, SCHED_OTHER, &param) == -1 && errno == EINVAL);
	return check_status();
}
