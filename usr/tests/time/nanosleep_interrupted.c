#include "tests.h"

static volatile int handled;

static void handler(int number)
{
	(void)number;
	handled++;
}

/* nanosleep(2): EINTR by a handled signal, with the rest of the time. */
int main(void)
{
	struct sigaction action = {.sa_handler = handler};
	struct itimerval soon = {{0, 30000}, {0, 30000}}; /* again: the first may come before the wait */
	struct timespec wanted = {20, 0}, rest = {0, 0};

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	CHECK(nanosleep(&wanted, &rest) == -1 && errno == EINTR);
	CHECK(handled >= 1);
	CHECK(rest.tv_sec >= 10 && rest.tv_sec < 20);
	return check_status();
}
