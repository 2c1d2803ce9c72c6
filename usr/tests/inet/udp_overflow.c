/* A UDP socket that nobody reads drops what does not fit, and goes on. */
#include "inet.h"

int main(void)
{
	int receiver = bound4(SOCK_DGRAM), fd = socket(AF_INET, SOCK_DGRAM, 0), i, failed = 0, got = 0;
	static char data[4096];

	alarm(20);
	CHECK(set_option(receiver, SOL_SOCKET, SO_RCVBUF, 16384) == 0 && connect4(fd, port_of(receiver)) == 0);
	for (i = 0; i < 64; i++)
		failed += send(fd, data, sizeof(data), 0) != sizeof(data);
	CHECK(failed == 0);
	CHECK(events_of(receiver, POLLIN, 10000) == POLLIN);
	while (recv(receiver, data, sizeof(data), MSG_DONTWAIT) == sizeof(data))
		got++;
	CHECK(got >= 1 && got < 16);
	CHECK(send(fd, data, 10, 0) == 10 && recv(receiver, data, sizeof(data), 0) == 10);
	return check_status();
}
