#include "tests.h"
#include <sys/socket.h>

/* SOCK_DGRAM keeps boundaries; what does not fit is cut and said so; empty messages exist. */
int main(void)
{
	int s[2];
	char buffer[64];
	struct iovec iov = {buffer, 4};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1};

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, s) == 0);
	CHECK(write(s[0], "first", 5) == 5);
	CHECK(write(s[0], "second!", 7) == 7);
	CHECK(send(s[0], "", 0, 0) == 0);
	CHECK(write(s[0], "last", 4) == 4);
	CHECK(read(s[1], buffer, sizeof buffer) == 5 && memcmp(buffer, "first", 5) == 0);
	CHECK(recvmsg(s[1], &m, 0) == 4 && memcmp(buffer, "seco", 4) == 0 && (m.msg_flags & MSG_TRUNC));
	CHECK(recv(s[1], buffer, sizeof buffer, 0) == 0);
	CHECK(recv(s[1], buffer, 2, MSG_TRUNC) == 4 && memcmp(buffer, "la", 2) == 0);
	CHECK(recv(s[1], buffer, sizeof buffer, MSG_DONTWAIT) == -1 && errno == EAGAIN);
	close(s[1]);
	CHECK(send(s[0], "x", 1, MSG_NOSIGNAL) == -1 && errno == ECONNREFUSED);
	return check_status();
}
