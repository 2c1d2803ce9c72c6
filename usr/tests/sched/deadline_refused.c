#include "sched.h"

/* sched_setattr(2): parameters of SCHED_DEADLINE that no system takes, and attributes that are none. */
struct attr {
	unsigned size, policy;
	unsigned long flags;
	int nice;
	unsigned priority;
	unsigned long runtime, deadline, period;
};

static int refused(struct attr attr, int error)
{
	return syscall(SYS_sched_setattr, 0, &attr, 0) == -1 && errno == error;
}

int main(void)
{
	struct attr got = {0};

	CHECK(refused((struct attr){48, 6, 0, 0, 0, 0, 0, 0}, EINVAL)); /* no deadline */
	CHECK(refused((struct attr){48, 6, 0, 0, 0, 20000000, 10000000, 10000000}, EINVAL)); /* runtime beyond it */
	CHECK(refused((struct attr){48, 6, 0, 0, 0, 100, 10000000, 10000000}, EINVAL)); /* less than 1024 ns */
	CHECK(refused((struct attr){48, 6, 0, 0, 0, 5000000, 10000000, 8000000}, EINVAL)); /* period below it */
	CHECK(refused((struct attr){48, 77, 0, 0, 0, 0, 0, 0}, EINVAL));
	CHECK(refused((struct attr){48, SCHED_OTHER, 0, 0, 7, 0, 0, 0}, EINVAL));
	CHECK(refused((struct attr){48, SCHED_FIFO, 0, 0, 0, 0, 0, 0}, EINVAL));
	CHECK(refused((struct attr){48, SCHED_FIFO, 0, 0, 100, 0, 0, 0}, EINVAL));
	CHECK(refused((struct attr){48, SCHED_OTHER, 1ul << 40, 0, 0, 0, 0, 0}, EINVAL));
	CHECK(refused((struct attr){47, SCHED_OTHER, 0, 0, 0, 0, 0, 0}, E2BIG));
	CHECK(refused((struct attr){8192, SCHED_OTHER, 0, 0, 0, 0, 0, 0}, E2BIG));
	CHECK(syscall(SYS_sched_getattr, 0, &got, 48, 0) == 0);
	CHECK(got.policy == SCHED_OTHER && got.nice == getpriority(PRIO_PROCESS, 0) && got.priority == 0);
	CHECK(syscall(SYS_sched_getattr, 0, &got, 47, 0) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_sched_getattr, 0, &got, 48, 1) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_sched_getattr, -1, &got, 48, 0) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_sched_getattr, 2000000000, &got, 48, 0) == -1 && errno == ESRCH);
	return check_status();
}
