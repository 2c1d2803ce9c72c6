#include "tests.h"
#include <sys/select.h>

/* pselect(2) lets a blocked signal in while it waits. */
static volatile int handled;

static void handler(int signal)
{
	(void)signal;
	handled++;
}

int main(void)
{
	sigset_t block, none;
	struct timespec ten = {10, 0};

	alarm(20);
	signal(SIGUSR2, handler);
	sigemptyset(&none);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR2);
	sigprocmask(SIG_BLOCK, &block, NULL);
	kill(getpid(), SIGUSR2);
	CHECK(handled == 0);
	CHECK(pselect(0, NULL, NULL, NULL, &ten, &none) == -1 && errno == EINTR && handled == 1);
	CHECK(ten.tv_sec == 10 && ten.tv_nsec == 0);
	return check_status();
}
