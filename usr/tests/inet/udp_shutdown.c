/* shutdown(2) of a connected UDP socket. */
#include "inet.h"

int main(void)
{
	int peer = bound4(SOCK_DGRAM), fd = socket(AF_INET, SOCK_DGRAM, 0);
	char byte;

	alarm(20);
	signal(SIGPIPE, SIG_IGN);
	CHECK(shutdown(fd, SHUT_RDWR) == -1 && errno == ENOTCONN);
	CHECK(connect4(fd, port_of(peer)) == 0);
	CHECK(shutdown(fd, SHUT_RD) == 0);
	CHECK(recv(fd, &byte, 1, 0) == 0);
	CHECK(shutdown(fd, SHUT_WR) == 0);
	CHECK(send(fd, "x", 1, 0) == -1 && errno == EPIPE);
	return check_status();
}
