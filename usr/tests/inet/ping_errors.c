/* What ping sockets refuse. */
#include "raw.h"

int main(void)
{
	int fd = ping_socket(AF_INET, IPPROTO_ICMP), second, reuse = 0;
	socklen_t length = sizeof(reuse);
	struct sockaddr_in to = loop4(0);
	char packet[16];
	struct icmphdr *echo = (void *)packet;

	alarm(20);
	make_echo(echo, sizeof(packet), ICMP_ECHO, 1, 1);
	CHECK(send(fd, packet, sizeof(packet), 0) == -1 && errno == EDESTADDRREQ);
	CHECK(sendto(fd, packet, 4, 0, (void *)&to, sizeof(to)) == -1 && errno == EINVAL);
	CHECK(sendto(fd, packet, sizeof(packet), MSG_OOB, (void *)&to, sizeof(to)) == -1 && errno == EOPNOTSUPP);
	make_echo(echo, sizeof(packet), ICMP_ECHOREPLY, 1, 1);
	CHECK(sendto(fd, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == -1 && errno == EINVAL);
	/* the identifier is a port that one binds to; two have the same only if both allow it, which they do unless told otherwise */
	to.sin_port = htons(321);
	fd = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	CHECK(bind(fd, (void *)&to, sizeof(to)) == 0 && port_of(fd) == 321);
	second = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	CHECK(getsockopt(second, SOL_SOCKET, SO_REUSEADDR, &reuse, &length) == 0 && reuse == 1);
	CHECK(bind(second, (void *)&to, sizeof(to)) == 0);
	reuse = 0;
	second = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	CHECK(setsockopt(second, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse)) == 0);
	CHECK(bind(second, (void *)&to, sizeof(to)) == -1 && errno == EADDRINUSE);
	CHECK(bind(fd, (void *)&to, sizeof(to)) == -1 && errno == EINVAL);
	CHECK(listen(fd, 1) == -1 && errno == EOPNOTSUPP);
	CHECK(socket(AF_INET, SOCK_STREAM, IPPROTO_ICMP) == -1 && errno == EPROTONOSUPPORT);
	CHECK(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMPV6) == -1 && errno == EPROTONOSUPPORT);
	return check_status();
}
