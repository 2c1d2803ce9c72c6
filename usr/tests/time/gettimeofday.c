#include "tests.h"

/* gettimeofday(2) and time(2) agree with CLOCK_REALTIME. */
int main(void)
{
	struct timeval tv;
	struct timespec ts;
	time_t seconds;

	CHECK(gettimeofday(&tv, NULL) == 0);
	clock_gettime(CLOCK_REALTIME, &ts);
	seconds = time(NULL);
	CHECK(ts.tv_sec - tv.tv_sec <= 5 && ts.tv_sec >= tv.tv_sec);
	CHECK(seconds - tv.tv_sec <= 5 && seconds >= tv.tv_sec);
	CHECK(tv.tv_sec > 1700000000);
	CHECK(tv.tv_usec >= 0 && tv.tv_usec < 1000000);
	CHECK(syscall(SYS_time, NULL) >= tv.tv_sec);
	CHECK(syscall(SYS_gettimeofday, nowhere, NULL) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_gettimeofday, NULL, NULL) == 0);
	return check_status();
}
