/* UDP without connect: names of senders, empty packets, order. */
#include "inet.h"

int main(void)
{
	int one = bound4(SOCK_DGRAM), two = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in to = loop4(port_of(one)), from;
	socklen_t length = sizeof(from);
	char data[16];

	alarm(20);
	CHECK(sendto(two, "ping", 4, 0, (struct sockaddr *)&to, sizeof(to)) == 4);
	CHECK(sendto(two, NULL, 0, 0, (struct sockaddr *)&to, sizeof(to)) == 0);
	CHECK(recvfrom(one, data, sizeof(data), 0, (struct sockaddr *)&from, &length) == 4);
	CHECK(ntohs(from.sin_port) == port_of(two) && ntohl(from.sin_addr.s_addr) == INADDR_LOOPBACK);
	CHECK(recv(one, data, sizeof(data), 0) == 0);
	CHECK(sendto(one, "pong", 4, 0, (struct sockaddr *)&from, length) == 4);
	CHECK(recv(two, data, sizeof(data), 0) == 4 && memcmp(data, "pong", 4) == 0);
	return check_status();
}
