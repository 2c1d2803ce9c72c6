#include "sched.h"

/* setpriority(2) and getpriority(2) of processes, groups and users: the best value is told, ranges are clamped. */
int main(void)
{
	pid_t children[2];
	int ends[2];

	alarm(20);
	CHECK(pipe(ends) == 0);
	for (int i = 0; i < 2; i++) {
		children[i] = fork();
		if (children[i] == 0) {
			char byte;

			close(ends[1]);
			read(ends[0], &byte, 1);
			_exit(0);
		}
	}
	for (int i = 0; i < 2; i++)
		CHECK(setpgid(children[i], children[0]) == 0);
	CHECK(setpriority(PRIO_PROCESS, children[0], 5) == 0);
	CHECK(setpriority(PRIO_PROCESS, children[1], 9) == 0);
	CHECK(getpriority(PRIO_PGRP, children[0]) == 5);
	CHECK(setpriority(PRIO_PGRP, children[0], 100) == 0);
	CHECK(getpriority(PRIO_PROCESS, children[0]) == 19 && getpriority(PRIO_PROCESS, children[1]) == 19);
	CHECK(getpriority(3, 0) == -1 && errno == EINVAL);
	CHECK(setpriority(-1, 0, 0) == -1 && errno == EINVAL);
	CHECK(getpriority(PRIO_PROCESS, 2000000000) == -1 && errno == ESRCH);
	CHECK(setpriority(PRIO_PGRP, 2000000000, 1) == -1 && errno == ESRCH);
	close(ends[1]);
	for (int i = 0; i < 2; i++)
		CHECK(wait_for(children[i]) == 0);
	errno = 0;
	CHECK(getpriority(PRIO_USER, 0) <= 0 && errno == 0);
	return check_status();
}
