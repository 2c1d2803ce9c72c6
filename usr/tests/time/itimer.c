#include "tests.h"

/* setitimer(2): an interval timer goes on until it is set to zero; getitimer tells. */
int main(void)
{
	struct itimerval timer = {{0, 5000}, {0, 5000}}, old;
	sigset_t set;
	int number, i;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK(setitimer(ITIMER_REAL, &timer, NULL) == 0);
	for (i = 0; i < 3; i++)
		CHECK(sigwait(&set, &number) == 0);
	CHECK(getitimer(ITIMER_REAL, &old) == 0);
	CHECK(old.it_interval.tv_usec == 5000 && old.it_value.tv_sec == 0 && old.it_value.tv_usec <= 5000);
	memset(&timer, 0, sizeof(timer));
	CHECK(setitimer(ITIMER_REAL, &timer, &old) == 0);
	CHECK(old.it_interval.tv_usec == 5000);
	CHECK(getitimer(ITIMER_REAL, &old) == 0 && old.it_value.tv_usec == 0 && old.it_interval.tv_usec == 0);
	timer.it_value.tv_usec = 1000000;
	CHECK(setitimer(ITIMER_REAL, &timer, NULL) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_setitimer, 9, &timer, NULL) == -1 && errno == EINVAL);
	return check_status();
}
