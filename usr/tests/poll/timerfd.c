#include "tests.h"
#include <poll.h>
#include <sys/timerfd.h>

/* timerfd: one shot, periodic, absolute, disarmed, errnos. */
int main(void)
{
	int t = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), b = timerfd_create(CLOCK_REALTIME, 0);
	struct itimerspec spec = {{0, 0}, {0, 5000000}}, old, now;
	struct pollfd f = {t, POLLIN, 0};
	struct timespec clock;
	uint64_t ticks;

	alarm(20);
	CHECK(t >= 0 && b >= 0);
	CHECK(read(t, &ticks, 8) == -1 && errno == EAGAIN);
	CHECK(timerfd_gettime(t, &now) == 0 && now.it_value.tv_sec == 0 && now.it_value.tv_nsec == 0);
	CHECK(timerfd_settime(t, 0, &spec, &old) == 0 && old.it_value.tv_nsec == 0);
	CHECK(poll(&f, 1, -1) == 1 && f.revents == POLLIN);
	CHECK(read(t, &ticks, 4) == -1 && errno == EINVAL);
	CHECK(read(t, &ticks, 8) == 8 && ticks == 1);
	CHECK(poll(&f, 1, 0) == 0);
	spec = (struct itimerspec){{0, 1000000}, {0, 1}};
	CHECK(timerfd_settime(b, 0, &spec, NULL) == 0);
	CHECK(read(b, &ticks, 8) == 8 && ticks >= 1);
	CHECK(read(b, &ticks, 8) == 8 && ticks >= 1);
	CHECK(timerfd_gettime(b, &now) == 0 && now.it_interval.tv_nsec == 1000000 && now.it_value.tv_nsec > 0);
	clock_gettime(CLOCK_REALTIME, &clock);
	spec = (struct itimerspec){{0, 0}, {clock.tv_sec - 1, 0}};
	CHECK(timerfd_settime(b, TFD_TIMER_ABSTIME, &spec, NULL) == 0);
	CHECK(read(b, &ticks, 8) == 8 && ticks == 1);
	spec = (struct itimerspec){{0, 0}, {100, 0}};
	CHECK(timerfd_settime(t, 0, &spec, NULL) == 0);
	CHECK(timerfd_gettime(t, &now) == 0 && now.it_value.tv_sec >= 98 && now.it_value.tv_sec <= 100);
	spec.it_value.tv_sec = 0;
	CHECK(timerfd_settime(t, 0, &spec, &old) == 0 && old.it_value.tv_sec >= 98);
	CHECK(read(t, &ticks, 8) == -1 && errno == EAGAIN);
	spec.it_value.tv_nsec = 1000000000;
	CHECK(timerfd_settime(t, 0, &spec, NULL) == -1 && errno == EINVAL);
	CHECK(timerfd_settime(t, 64, &old, NULL) == -1 && errno == EINVAL);
	CHECK(timerfd_settime(0, 0, &old, NULL) == -1 && errno == EINVAL);
	CHECK(timerfd_create(CLOCK_PROCESS_CPUTIME_ID, 0) == -1 && errno == EINVAL);
	CHECK(timerfd_create(CLOCK_MONOTONIC, 1) == -1 && errno == EINVAL);
	return check_status();
}
