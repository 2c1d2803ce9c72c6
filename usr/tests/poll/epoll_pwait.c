#include "tests.h"
#include <sys/epoll.h>

/* epoll_pwait(2) with a mask; a signal ends epoll_wait with EINTR even with SA_RESTART. */
static volatile int handled;

static void handler(int signal)
{
	(void)signal;
	handled++;
}

int main(void)
{
	sigset_t block, none;
	struct epoll_event out;
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
	struct itimerval often = {{0, 5000}, {0, 5000}}; /* again: the first may come before the wait */
	struct timespec ten = {10, 0};
	int ep = epoll_create1(0);

	alarm(20);
	sigaction(SIGUSR1, &action, NULL);
	sigaction(SIGVTALRM, &action, NULL);
	sigemptyset(&none);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigprocmask(SIG_BLOCK, &block, NULL);
	raise(SIGUSR1);
	CHECK(epoll_wait(ep, &out, 1, 1) == 0 && handled == 0);
	CHECK(epoll_pwait(ep, &out, 1, 10000, &none) == -1 && errno == EINTR && handled == 1);
	raise(SIGUSR1);
	CHECK(handled == 1);
	CHECK(syscall(SYS_epoll_pwait2, ep, &out, 1, &ten, &none, 8L) == -1 && errno == EINTR && handled == 2);
	alarm(0);
	sigaction(SIGALRM, &action, NULL);
	CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
	CHECK(epoll_wait(ep, &out, 1, 10000) == -1 && errno == EINTR && handled >= 3);
	return check_status();
}
