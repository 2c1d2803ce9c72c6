#include "tests.h"

/* clock_nanosleep(2) with TIMER_ABSTIME: until a time; at once when it has passed. */
int main(void)
{
	struct timespec until, now;

	clock_gettime(CLOCK_MONOTONIC, &until);
	CHECK(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == 0);
	until.tv_nsec += 15000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	CHECK(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == 0);
	clock_gettime(CLOCK_MONOTONIC, &now);
	CHECK(now.tv_sec > until.tv_sec || (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec));
	CHECK(clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &until, NULL) == EINVAL);
	CHECK(clock_nanosleep(77, 0, &until, NULL) == EINVAL);
	return check_status();
}
