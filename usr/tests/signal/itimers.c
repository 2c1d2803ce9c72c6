/* setitimer(2) and alarm(2): real, virtual and profiling time. */
#include "tests.h"

static volatile int count[65];

static void handler(int sig)
{
	count[sig]++;
}

int main(void)
{
	struct itimerval often = { { 0, 2000 }, { 0, 2000 } }, old, off = { { 0, 0 }, { 0, 0 } }, bad = { { 0, 1000000 }, { 0, 0 } };

	signal(SIGALRM, handler);
	signal(SIGVTALRM, handler);
	signal(SIGPROF, handler);
	CHECK(alarm(100) == 0);
	CHECK(alarm(0) == 100);
	CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
	while (count[SIGALRM] < 5)
		pause();
	CHECK(setitimer(ITIMER_REAL, &off, &old) == 0);
	CHECK(old.it_interval.tv_usec == 2000);
	CHECK(setitimer(ITIMER_VIRTUAL, &often, NULL) == 0);
	CHECK(setitimer(ITIMER_PROF, &often, NULL) == 0);
	while (count[SIGVTALRM] < 3 || count[SIGPROF] < 3)
		;
	CHECK(setitimer(ITIMER_VIRTUAL, &off, NULL) == 0);
	CHECK(setitimer(ITIMER_PROF, &off, NULL) == 0);
	CHECK(getitimer(ITIMER_REAL, &old) == 0 && old.it_value.tv_usec == 0);
	CHECK(setitimer(ITIMER_REAL, &bad, NULL) == -1 && errno == EINVAL);
	CHECK(setitimer(9, &off, NULL) == -1 && errno == EINVAL);
	return check_status();
}
