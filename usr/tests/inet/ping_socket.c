/* An ICMP datagram socket sends echo requests and gets the replies to them; its port is their identifier (icmp(7)). */
#include "raw.h"

int main(void)
{
	int fd = ping_socket(AF_INET, IPPROTO_ICMP), other = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	struct sockaddr_in to = loop4(0), from;
	socklen_t length = sizeof(from);
	char packet[64], reply[128];
	struct icmphdr *echo = (void *)packet, *answer = (void *)reply;
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	int type, id;

	alarm(20);
	CHECK(other >= 0);
	make_echo(echo, sizeof(packet), ICMP_ECHO, 1, 7);
	CHECK(sendto(fd, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == sizeof(packet));
	id = port_of(fd);
	CHECK(id != 0);
	CHECK(poll(&ready, 1, 10000) == 1 && ready.revents == POLLIN);
	memset(&from, 0, sizeof(from));
	CHECK(recvfrom(fd, reply, sizeof(reply), 0, (void *)&from, &length) == sizeof(packet));
	CHECK(from.sin_addr.s_addr == to.sin_addr.s_addr && from.sin_port == 0);
	CHECK(answer->type == ICMP_ECHOREPLY && ntohs(answer->un.echo.id) == id && ntohs(answer->un.echo.sequence) == 7);
	CHECK(internet_sum(reply, sizeof(packet)) == 0);
	CHECK(memcmp(reply + 8, packet + 8, sizeof(packet) - 8) == 0);
	CHECK(recv(other, reply, sizeof(reply), MSG_DONTWAIT) == -1 && errno == EAGAIN);
	/* connected: send and write go there */
	CHECK(connect(fd, (void *)&to, sizeof(to)) == 0);
	make_echo(echo, 8, ICMP_ECHO, 0, 8);
	CHECK(write(fd, packet, 8) == 8);
	CHECK(read(fd, reply, sizeof(reply)) == 8 && ntohs(answer->un.echo.sequence) == 8 && ntohs(answer->un.echo.id) == id);
	length = sizeof(type);
	CHECK(getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &type, &length) == 0 && type == IPPROTO_ICMP);
	CHECK(getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type == SOCK_DGRAM);
	return check_status();
}
