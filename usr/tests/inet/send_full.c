/* A stream whose reader does not read takes only so much; reading makes room again. */
#include "inet.h"

int main(void)
{
	int fds[2];
	static char data[8192];
	long sent = 0, got = 0, one;

	alarm(20);
	tcp_pair(fds);
	CHECK(fcntl(fds[0], F_SETFL, O_NONBLOCK) == 0 && fcntl(fds[1], F_SETFL, O_NONBLOCK) == 0);
	while ((one = write(fds[0], data, sizeof(data))) > 0 || (events_of(fds[0], POLLOUT, 300) & POLLOUT))
		sent += one > 0 ? one : 0;
	CHECK(one == -1 && errno == EAGAIN);
	CHECK(sent >= 65536 && sent < 64 << 20);
	CHECK(events_of(fds[0], POLLOUT, 0) == 0);
	while (got < sent && events_of(fds[1], POLLIN, 10000) == POLLIN)
		got += (one = read(fds[1], data, sizeof(data))) > 0 ? one : 0;
	CHECK(got == sent);
	CHECK(events_of(fds[0], POLLOUT, 10000) == POLLOUT && write(fds[0], data, 1) == 1);
	return check_status();
}
