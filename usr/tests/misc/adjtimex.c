/* adjtimex and clock_adjtime read the state of the clock; an ordinary user may not change it. */
#include "tests.h"

#include <sys/timex.h>

int main(void)
{
	struct timex state = {0};
	struct timespec now;
	int result = adjtimex(&state);

	CHECK(result >= TIME_OK && result <= TIME_ERROR);
	clock_gettime(CLOCK_REALTIME, &now);
	CHECK(state.time.tv_sec >= now.tv_sec - 20 && state.time.tv_sec <= now.tv_sec);
	CHECK(state.tick >= 9000 && state.tick <= 11000 && state.tolerance > 0);
	memset(&state, 0, sizeof state);
	CHECK(syscall(SYS_clock_adjtime, CLOCK_REALTIME, &state) == result);
	CHECK(syscall(SYS_clock_adjtime, CLOCK_MONOTONIC, &state) == -1 && errno == EOPNOTSUPP);
	CHECK(syscall(SYS_clock_adjtime, 777, &state) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_adjtimex, nowhere) == -1 && errno == EFAULT);
	if (geteuid() == 0 && setuid(1234))
		check_fatal("setuid");
	memset(&state, 0, sizeof state);
	state.modes = ADJ_TICK;
	state.tick = 10000;
	CHECK(adjtimex(&state) == -1 && errno == EPERM);
	return check_status();
}
