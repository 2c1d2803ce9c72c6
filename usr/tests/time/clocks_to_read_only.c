/* clock_nanosleep(2), clock_settime(2): clocks that nobody can wait on or set. */
#include "tests.h"

static void sleep_on(const char *name, clockid_t clock)
{
	struct timespec ts = { 0, 1 };

	printf("%s: %s\n", name, strerror(clock_nanosleep(clock, 0, &ts, NULL)));
}

int main(void)
{
	struct timespec now = { 1, 0 }, bad = { 1, 1000000000 };

	sleep_on("realtime", CLOCK_REALTIME);
	sleep_on("monotonic", CLOCK_MONOTONIC);
	sleep_on("boottime", CLOCK_BOOTTIME);
	sleep_on("realtime coarse", CLOCK_REALTIME_COARSE);
	sleep_on("monotonic coarse", CLOCK_MONOTONIC_COARSE);
	sleep_on("monotonic raw", CLOCK_MONOTONIC_RAW);
	sleep_on("thread time", CLOCK_THREAD_CPUTIME_ID);
	sleep_on("none", 99);
	SHOW(clock_settime(CLOCK_MONOTONIC, &now));
	SHOW(clock_settime(CLOCK_MONOTONIC_RAW, &now));
	SHOW(clock_settime(CLOCK_REALTIME, &bad));
	SHOW(clock_settime(99, &now));
	return check_status();
}
