/* A timer's signal is pending once; expiries while it is are counted as overruns. */
#include "tests.h"

int main(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN };
	struct itimerspec often = { { 0, 1000000 }, { 0, 1000000 } }, off = { 0 };
	struct timespec zero = { 0, 0 };
	sigset_t set;
	siginfo_t info;
	timer_t timer;

	alarm(20);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
	CHECK(timer_settime(timer, 0, &often, NULL) == 0);
	usleep(100000);
	CHECK(sigwaitinfo(&set, &info) == SIGRTMIN);
	CHECK(info.si_code == SI_TIMER && info.si_overrun > 10);
	CHECK(timer_getoverrun(timer) == info.si_overrun);
	timer_settime(timer, 0, &off, NULL);
	while (sigtimedwait(&set, &info, &zero) == SIGRTMIN)
		;
	CHECK(timer_delete(timer) == 0);
	return check_status();
}
