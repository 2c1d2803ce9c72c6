/* A signal ends accept(2) and recv(2) with EINTR, or restarts them with SA_RESTART. */
#include "inet.h"

static volatile int ticks;

static void tick(int number)
{
	ticks += number == SIGALRM;
}

int main(void)
{
	struct sigaction action = {.sa_handler = tick};
	struct itimerval often = {{0, 20000}, {0, 20000}}, off = {{0, 0}, {0, 0}};
	int listener = listener4(1), fds[2];
	char byte;
	struct timeval limit = {0, 300000};

	tcp_pair(fds);
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	CHECK(accept(listener, NULL, NULL) == -1 && errno == EINTR);
	CHECK(recv(fds[0], &byte, 1, 0) == -1 && errno == EINTR);
	action.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &action, NULL);
	CHECK(setsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) == 0);
	CHECK(recv(fds[0], &byte, 1, 0) == -1 && errno == EINTR); /* a call with a time-out is never restarted */
	setitimer(ITIMER_REAL, &off, NULL);
	CHECK(ticks > 2);
	return check_status();
}
