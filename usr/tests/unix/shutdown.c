#include "tests.h"
#include <poll.h>
#include <sys/socket.h>

/* shutdown(2): half-close lets the other direction go on; POLLRDHUP and POLLHUP tell. */
int main(void)
{
	int s[2], b[2];
	char buffer[8];
	struct pollfd p;

	alarm(20);
	signal(SIGPIPE, SIG_IGN);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0);
	CHECK(write(s[0], "last", 4) == 4);
	CHECK(shutdown(s[0], SHUT_WR) == 0);
	CHECK(write(s[0], "x", 1) == -1 && errno == EPIPE);
	p = (struct pollfd){s[1], POLLIN | POLLRDHUP | POLLOUT, 0};
	CHECK(poll(&p, 1, 0) == 1 && p.revents == (POLLIN | POLLRDHUP | POLLOUT));
	CHECK(read(s[1], buffer, 8) == 4);
	CHECK(read(s[1], buffer, 8) == 0);
	CHECK(write(s[1], "back", 4) == 4 && read(s[0], buffer, 8) == 4);
	CHECK(shutdown(s[1], SHUT_WR) == 0);
	CHECK(poll(&p, 1, 0) == 1 && (p.revents & POLLHUP));
	CHECK(read(s[0], buffer, 8) == 0);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, b) == 0);
	CHECK(shutdown(b[0], SHUT_RD) == 0);
	CHECK(read(b[0], buffer, 8) == 0);
	CHECK(write(b[1], "x", 1) == -1 && errno == EPIPE);
	CHECK(shutdown(b[0], 3) == -1 && errno == EINVAL);
	return check_status();
}
