/* A connected UDP socket hears its peer only. */
#include "inet.h"

int main(void)
{
	int one = bound4(SOCK_DGRAM), two = bound4(SOCK_DGRAM), stranger = bound4(SOCK_DGRAM);
	struct sockaddr_in from, to = loop4(port_of(one));
	socklen_t length = sizeof(from);
	char data[8];

	alarm(20);
	CHECK(connect4(one, port_of(two)) == 0);
	CHECK(sendto(stranger, "no", 2, 0, (struct sockaddr *)&to, sizeof(to)) == 2);
	CHECK(sendto(two, "yes", 3, 0, (struct sockaddr *)&to, sizeof(to)) == 3);
	CHECK(recvfrom(one, data, sizeof(data), 0, (struct sockaddr *)&from, &length) == 3);
	CHECK(length == sizeof(from) && ntohs(from.sin_port) == port_of(two));
	CHECK(recv(one, data, sizeof(data), MSG_DONTWAIT) == -1 && errno == EAGAIN);
	to = loop4(port_of(stranger));
	CHECK(sendto(one, "direct", 6, 0, (struct sockaddr *)&to, sizeof(to)) == 6);
	CHECK(recv(stranger, data, sizeof(data), 0) == 6);
	return check_status();
}
