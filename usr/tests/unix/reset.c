#include "tests.h"
#include <poll.h>
#include <sys/socket.h>

/* Closing with unread data resets the connection: the other side reads what it has, then ECONNRESET once, then the end. */
int main(void)
{
	int s[2];
	char buffer[8];
	struct pollfd p;

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0);
	CHECK(write(s[0], "unread", 6) == 6);
	CHECK(write(s[1], "have", 4) == 4);
	close(s[1]);
	p = (struct pollfd){s[0], POLLIN, 0};
	CHECK(poll(&p, 1, 0) == 1 && p.revents == (POLLIN | POLLERR | POLLHUP));
	CHECK(read(s[0], buffer, 8) == 4);
	CHECK(read(s[0], buffer, 8) == -1 && errno == ECONNRESET);
	CHECK(read(s[0], buffer, 8) == 0);
	CHECK(send(s[0], "x", 1, MSG_NOSIGNAL) == -1 && errno == EPIPE);
	return check_status();
}
