#include "tests.h"

/* clock_gettime(2): every clock that there is, EINVAL for the others, EFAULT. */
int main(void)
{
	static const clockid_t clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID,
		CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME};
	struct timespec now;
	size_t i;

	for (i = 0; i < sizeof(clocks) / sizeof(*clocks); i++) {
		CHECK(syscall(SYS_clock_gettime, clocks[i], &now) == 0);
		CHECK(now.tv_nsec >= 0 && now.tv_nsec < 1000000000);
	}
	CHECK(syscall(SYS_clock_gettime, 77, &now) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, nowhere) == -1 && errno == EFAULT);
	return check_status();
}
