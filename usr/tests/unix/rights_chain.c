#include "rights.h"

/* A socket in a socket in a socket, 500 deep: closing the outermost closes all, and what the innermost carried. */
int main(void)
{
	int p[2], s[2], inner, i;
	char byte;

	alarm(30);
	CHECK(pipe(p) == 0);
	inner = p[1];
	for (i = 0; i < 500; i++) {
		if (socketpair(AF_UNIX, SOCK_DGRAM, 0, s) != 0 || send_fd(s[0], inner) != 1)
			break;
		close(inner);
		close(s[0]);
		inner = s[1];
	}
	CHECK(i == 500);
	CHECK(fcntl(p[0], F_SETFL, O_NONBLOCK) == 0 && read(p[0], &byte, 1) == -1 && errno == EAGAIN);
	close(inner);
	CHECK(fcntl(p[0], F_SETFL, 0) == 0 && read(p[0], &byte, 1) == 0);
	return check_status();
}
