/* A connected UDP socket learns that nobody has the port; the error is told once. */
#include "inet.h"

int main(void)
{
	int gone = bound4(SOCK_DGRAM), port = port_of(gone), fd = socket(AF_INET, SOCK_DGRAM, 0);
	char data[4];

	alarm(20);
	close(gone);
	CHECK(connect4(fd, port) == 0);
	CHECK(send(fd, "x", 1, 0) == 1);
	CHECK((events_of(fd, POLLIN, 10000) & POLLERR) == POLLERR);
	CHECK(recv(fd, data, sizeof(data), 0) == -1 && errno == ECONNREFUSED);
	CHECK(recv(fd, data, sizeof(data), MSG_DONTWAIT) == -1 && errno == EAGAIN);
	CHECK(send(fd, "x", 1, 0) == 1 && (events_of(fd, POLLIN, 10000) & POLLERR) == POLLERR);
	CHECK(int_option(fd, SOL_SOCKET, SO_ERROR) == ECONNREFUSED);
	return check_status();
}
