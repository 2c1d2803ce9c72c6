/* Closing with unread data resets the connection. */
#include "inet.h"

int main(void)
{
	int fds[2];
	char byte;

	alarm(20);
	tcp_pair(fds);
	CHECK(write(fds[0], "lost", 4) == 4);
	CHECK(events_of(fds[1], POLLIN, 10000) == POLLIN);
	CHECK(write(fds[1], "kept", 4) == 4);
	CHECK(events_of(fds[0], POLLIN, 10000) == POLLIN);
	close(fds[1]);
	CHECK((events_of(fds[0], POLLIN, 10000) & (POLLIN | POLLERR | POLLHUP)) == (POLLIN | POLLERR | POLLHUP));
	CHECK(int_option(fds[0], SOL_SOCKET, SO_ERROR) == ECONNRESET);
	CHECK(recv(fds[0], (char[8]){0}, 8, 0) == 4);
	CHECK(read(fds[0], &byte, 1) == 0);
	return check_status();
}
