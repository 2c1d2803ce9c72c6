/* poll(2) of TCP sockets in every state. */
#include "inet.h"

static int poll_all(int fd)
{
	return events_of(fd, POLLIN | POLLOUT | POLLRDHUP | POLLPRI, 0);
}

int main(void)
{
	int listener = listener4(2), fds[2], fresh = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);

	alarm(20);
	CHECK(poll_all(fresh) == (POLLOUT | POLLHUP));
	CHECK(poll_all(listener) == 0);
	CHECK(connect4(client, port_of(listener)) == 0);
	CHECK(events_of(listener, POLLIN | POLLOUT, 10000) == POLLIN);
	tcp_pair(fds);
	CHECK(poll_all(fds[0]) == POLLOUT);
	CHECK(shutdown(fds[0], SHUT_RD) == 0);
	CHECK(poll_all(fds[0]) == (POLLIN | POLLOUT | POLLRDHUP));
	CHECK(shutdown(fds[0], SHUT_WR) == 0);
	CHECK(poll_all(fds[0]) == (POLLIN | POLLOUT | POLLRDHUP | POLLHUP));
	CHECK(events_of(fds[1], POLLIN, 10000) == POLLIN);
	CHECK(poll_all(fds[1]) == (POLLIN | POLLOUT | POLLRDHUP));
	return check_status();
}
