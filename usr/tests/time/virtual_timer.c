#include "tests.h"

static volatile int seen;

static void handler(int number)
{
	seen |= number == SIGVTALRM ? 1 : 2;
}

/* ITIMER_VIRTUAL and ITIMER_PROF run with the time that the program computes. */
int main(void)
{
	struct itimerval timer = {{0, 0}, {0, 20000}};
	struct sigaction action = {.sa_handler = handler};
	volatile long sum = 0;

	alarm(30);
	sigaction(SIGVTALRM, &action, NULL);
	sigaction(SIGPROF, &action, NULL);
	CHECK(setitimer(ITIMER_VIRTUAL, &timer, NULL) == 0);
	while (!(seen & 1))
		sum++;
	CHECK(setitimer(ITIMER_PROF, &timer, NULL) == 0);
	while (!(seen & 2))
		sum++;
	CHECK(seen == 3);
	return check_status();
}
