#include "sched.h"

/* SCHED_RESET_ON_FORK: children of a real-time thread begin with SCHED_OTHER and nice 0; without it they inherit. */
static int policy_of_child(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(sched_getscheduler(0) * 8 + getpriority(PRIO_PROCESS, 0) % 8);
	return wait_for(child);
}

int main(void)
{
	struct sched_param param = {0};

	alarm(20);
	CHECK(sched_setscheduler(0, SCHED_BATCH, &param) == 0);
	CHECK(setpriority(PRIO_PROCESS, 0, 3) == 0);
	CHECK(policy_of_child() == SCHED_BATCH * 8 + 3);
	CHECK(sched_setscheduler(0, SCHED_BATCH | SCHED_RESET_ON_FORK, &param) == 0);
	CHECK(sched_getscheduler(0) == (SCHED_BATCH | SCHED_RESET_ON_FORK));
	CHECK(policy_of_child() == SCHED_BATCH * 8 + 3);
	CHECK(sched_setscheduler(0, SCHED_BATCH, &param) == (geteuid() == 0 ? 0 : -1)); /* the flag stays */
	if (geteuid() == 0 && may_real_time()) {
		CHECK(become(SCHED_FIFO | SCHED_RESET_ON_FORK, 5));
		CHECK(policy_of_child() == SCHED_OTHER * 8 + 0);
		CHECK(become(SCHED_FIFO, 5));
		CHECK(policy_of_child() == SCHED_FIFO * 8 + 3);
	}
	return check_status();
}
