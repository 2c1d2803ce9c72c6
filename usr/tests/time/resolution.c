#include "tests.h"

/* clock_getres(2): one nanosecond for the fine clocks; NULL is allowed. */
int main(void)
{
	struct timespec resolution = {5, 5};

	CHECK(clock_getres(CLOCK_MONOTONIC, &resolution) == 0);
	CHECK(resolution.tv_sec == 0 && resolution.tv_nsec == 1);
	CHECK(clock_getres(CLOCK_REALTIME, NULL) == 0);
	CHECK(clock_getres(CLOCK_MONOTONIC_COARSE, &resolution) == 0);
	CHECK(resolution.tv_nsec >= 1);
	CHECK(syscall(SYS_clock_getres, 99, &resolution) == -1 && errno == EINVAL);
	return check_status();
}
