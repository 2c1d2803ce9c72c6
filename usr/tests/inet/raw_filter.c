/* ICMP_FILTER keeps types away from a raw socket (icmp(7)); it is an option of raw ICMP sockets alone. */
#include "raw.h"

#ifndef SOL_RAW
#define SOL_RAW 255
#endif
#define ICMP_FILTER_OPTION 1

int main(void)
{
	int fd = raw_socket(AF_INET, IPPROTO_ICMP), udp = raw_socket(AF_INET, IPPROTO_UDP), id = getpid() & 0x7fff;
	struct sockaddr_in to = loop4(0);
	unsigned int mask = ~(1U << ICMP_ECHOREPLY), back = 0;
	socklen_t size = sizeof(back);
	char packet[8], seen[256];
	struct icmphdr *icmp = (void *)(seen + 20);
	ssize_t length;

	alarm(20);
	CHECK(getsockopt(fd, SOL_RAW, ICMP_FILTER_OPTION, &back, &size) == 0 && size == 4 && back == 0);
	CHECK(setsockopt(fd, SOL_RAW, ICMP_FILTER_OPTION, &mask, sizeof(mask)) == 0);
	CHECK(getsockopt(fd, SOL_RAW, ICMP_FILTER_OPTION, &back, &size) == 0 && back == mask);
	CHECK(setsockopt(udp, SOL_RAW, ICMP_FILTER_OPTION, &mask, sizeof(mask)) == -1);
	make_echo((void *)packet, sizeof(packet), ICMP_ECHO, id, 1);
	CHECK(sendto(fd, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == sizeof(packet));
	do
		length = recv(fd, seen, sizeof(seen), 0);
	while (length >= 28 && icmp->type == ICMP_ECHOREPLY && ntohs(icmp->un.echo.id) != id);
	CHECK(length == 28 && icmp->type == ICMP_ECHOREPLY);
	return check_status();
}
