/* connect(2) with O_NONBLOCK: EINPROGRESS, writable, SO_ERROR 0. */
#include "inet.h"

int main(void)
{
	int listener = listener4(1), fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), peer;

	alarm(20);
	CHECK(connect4(fd, port_of(listener)) == -1 && errno == EINPROGRESS);
	CHECK(events_of(fd, POLLOUT, 10000) == POLLOUT);
	CHECK(int_option(fd, SOL_SOCKET, SO_ERROR) == 0);
	CHECK(connect4(fd, port_of(listener)) == 0);
	CHECK(connect4(fd, port_of(listener)) == -1 && errno == EISCONN);
	peer = accept(listener, NULL, NULL);
	CHECK(write(peer, "x", 1) == 1);
	CHECK(events_of(fd, POLLIN, 10000) == POLLIN);
	return check_status();
}
