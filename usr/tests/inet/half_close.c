/* shutdown(2) of one direction leaves the other one open. */
#include "inet.h"

int main(void)
{
	int fds[2];
	char data[8];

	alarm(20);
	signal(SIGPIPE, SIG_IGN);
	tcp_pair(fds);
	CHECK(write(fds[0], "ask", 3) == 3);
	CHECK(shutdown(fds[0], SHUT_WR) == 0);
	CHECK(write(fds[0], "x", 1) == -1 && errno == EPIPE);
	CHECK(recv(fds[1], data, 3, MSG_WAITALL) == 3);
	CHECK(read(fds[1], data, 1) == 0 && read(fds[1], data, 1) == 0);
	CHECK(write(fds[1], "answer", 6) == 6);
	CHECK(recv(fds[0], data, 6, MSG_WAITALL) == 6);
	CHECK(shutdown(fds[0], SHUT_WR) == 0);
	CHECK(shutdown(fds[1], SHUT_RDWR) == 0);
	CHECK(read(fds[0], data, 1) == 0);
	return check_status();
}
