/* UDP-Lite is UDP with ports of its own and two options for how much the checksum covers (udplite(7)). */
#include "inet.h"

#define SEND_CSCOV 10
#define RECV_CSCOV 11

static int option(int fd, int name)
{
	int value = -1;
	socklen_t size = sizeof(value);

	CHECK(getsockopt(fd, IPPROTO_UDPLITE, name, &value, &size) == 0 && size == sizeof(value));
	return value;
}

static int set(int fd, int name, int value)
{
	return setsockopt(fd, IPPROTO_UDPLITE, name, &value, sizeof(value));
}

int main(void)
{
	int a = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE), b, udp, value;
	socklen_t size = sizeof(value);
	struct sockaddr_in to;
	char data[16];

	alarm(20);
	if (a < 0 && errno == EPROTONOSUPPORT)
		return check_status(); /* a kernel without it */
	b = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);
	udp = socket(AF_INET, SOCK_DGRAM, 0);
	CHECK(getsockopt(a, SOL_SOCKET, SO_PROTOCOL, &value, &size) == 0 && value == IPPROTO_UDPLITE);
	CHECK(bind4(a, 0) == 0);
	CHECK(bind4(udp, port_of(a)) == 0 || errno == EADDRINUSE); /* the port of UDP is another one */
	CHECK(option(a, SEND_CSCOV) == 0 && option(a, RECV_CSCOV) == 0);
	CHECK(set(b, SEND_CSCOV, 20) == 0 && option(b, SEND_CSCOV) == 20);
	CHECK(set(b, SEND_CSCOV, 3) == 0 && option(b, SEND_CSCOV) == 8);
	CHECK(set(b, RECV_CSCOV, 70000) == 0 && option(b, RECV_CSCOV) == 65535);
	CHECK(set(udp, SEND_CSCOV, 20) == -1 && errno == ENOPROTOOPT);
	to = loop4(port_of(a));
	CHECK(sendto(b, "light", 5, 0, (void *)&to, sizeof(to)) == 5);
	CHECK(recv(a, data, sizeof(data), 0) == 5 && memcmp(data, "light", 5) == 0);
	return check_status();
}
