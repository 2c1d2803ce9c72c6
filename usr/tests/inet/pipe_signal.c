/* Writing to a connection that is gone: SIGPIPE, unless MSG_NOSIGNAL. */
#include "inet.h"

static volatile int signals;

static void count(int number)
{
	signals += number == SIGPIPE;
}

int main(void)
{
	int fds[2];

	alarm(20);
	signal(SIGPIPE, count);
	tcp_pair(fds);
	close(fds[1]);
	CHECK(events_of(fds[0], POLLIN, 10000) == POLLIN);
	CHECK(write(fds[0], "x", 1) == 1);
	CHECK((events_of(fds[0], 0, 10000) & POLLHUP) == POLLHUP);
	CHECK(send(fds[0], "x", 1, MSG_NOSIGNAL) == -1 && errno == EPIPE && signals == 0);
	CHECK(write(fds[0], "x", 1) == -1 && errno == EPIPE && signals == 1);
	CHECK(read(fds[0], (char[1]){0}, 1) == 0);
	return check_status();
}
