/* SO_RCVTIMEO: a read gives up with EAGAIN. */
#include "inet.h"

int main(void)
{
	struct timeval brief = {0, 50000}, read_back, bad = {0, 2000000};
	socklen_t length = sizeof(read_back);
	int fds[2], listener = listener4(1), udp = bound4(SOCK_DGRAM);
	char byte;

	alarm(20);
	tcp_pair(fds);
	CHECK(setsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &brief, sizeof(brief)) == 0);
	CHECK(getsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &read_back, &length) == 0 && read_back.tv_sec == 0);
	CHECK(read(fds[0], &byte, 1) == -1 && errno == EAGAIN);
	CHECK(setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &brief, sizeof(brief)) == 0);
	CHECK(accept(listener, NULL, NULL) == -1 && errno == EAGAIN);
	CHECK(setsockopt(udp, SOL_SOCKET, SO_RCVTIMEO, &brief, sizeof(brief)) == 0);
	CHECK(recv(udp, &byte, 1, 0) == -1 && errno == EAGAIN);
	CHECK(setsockopt(udp, SOL_SOCKET, SO_RCVTIMEO, &bad, sizeof(bad)) == -1 && errno == EDOM);
	CHECK(write(fds[1], "x", 1) == 1 && read(fds[0], &byte, 1) == 1);
	return check_status();
}
