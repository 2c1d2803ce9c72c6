/* SO_LINGER with time 0: close(2) resets the connection. */
#include "inet.h"

int main(void)
{
	struct linger now = {.l_onoff = 1, .l_linger = 0}, read_back;
	socklen_t length = sizeof(read_back);
	int fds[2];
	char byte;

	alarm(20);
	tcp_pair(fds);
	CHECK(setsockopt(fds[0], SOL_SOCKET, SO_LINGER, &now, sizeof(now)) == 0);
	CHECK(getsockopt(fds[0], SOL_SOCKET, SO_LINGER, &read_back, &length) == 0 && read_back.l_onoff == 1 && read_back.l_linger == 0);
	close(fds[0]);
	CHECK((events_of(fds[1], POLLIN, 10000) & (POLLERR | POLLHUP)) == (POLLERR | POLLHUP));
	CHECK(read(fds[1], &byte, 1) == -1 && errno == ECONNRESET);
	CHECK(read(fds[1], &byte, 1) == 0);
	return check_status();
}
