#include "tests.h"
#include <sys/socket.h>

/* SOCK_SEQPACKET: a connection with message boundaries; end of file when the other side closes. */
int main(void)
{
	int s[2];
	char buffer[64];

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s) == 0);
	CHECK(write(s[0], "one", 3) == 3);
	CHECK(write(s[0], "three", 5) == 5);
	CHECK(recv(s[1], buffer, 2, 0) == 2 && memcmp(buffer, "on", 2) == 0);
	CHECK(recv(s[1], buffer, 64, MSG_PEEK) == 5);
	CHECK(recv(s[1], buffer, 64, 0) == 5 && memcmp(buffer, "three", 5) == 0);
	close(s[0]);
	CHECK(recv(s[1], buffer, 64, 0) == 0);
	signal(SIGPIPE, SIG_IGN);
	CHECK(send(s[1], "x", 1, MSG_NOSIGNAL) == -1 && errno == EPIPE);
	return check_status();
}
