/* connect(2) to AF_UNSPEC takes a datagram socket's peer away. */
#include "inet.h"

int main(void)
{
	struct sockaddr none = {.sa_family = AF_UNSPEC};
	struct sockaddr_in name;
	socklen_t length = sizeof(name);
	int peer = bound4(SOCK_DGRAM), fd = socket(AF_INET, SOCK_DGRAM, 0);

	CHECK(send(fd, "x", 1, 0) == -1 && errno == EDESTADDRREQ);
	CHECK(connect4(fd, port_of(peer)) == 0);
	CHECK(getpeername(fd, (struct sockaddr *)&name, &length) == 0 && ntohs(name.sin_port) == port_of(peer));
	CHECK(send(fd, "x", 1, 0) == 1);
	CHECK(connect(fd, &none, sizeof(none)) == 0);
	CHECK(getpeername(fd, (struct sockaddr *)&name, &length) == -1 && errno == ENOTCONN);
	CHECK(send(fd, "x", 1, 0) == -1 && errno == EDESTADDRREQ);
	return check_status();
}
