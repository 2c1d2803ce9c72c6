#include "tests.h"

static volatile int handled;

static void handler(int number)
{
	(void)number;
	handled++;
}

/* pause(2) returns EINTR after a handler ran. */
int main(void)
{
	struct sigaction action = {.sa_handler = handler};
	struct itimerval soon = {{0, 10000}, {0, 10000}};

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	CHECK(pause() == -1 && errno == EINTR);
	CHECK(handled > 0);
	return check_status();
}
