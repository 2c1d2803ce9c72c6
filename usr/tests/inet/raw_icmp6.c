/* A raw ICMPv6 socket: no IP header, checksums by the kernel, ICMP6_FILTER (RFC 3542). */
#include "raw.h"

int main(void)
{
	int fd = raw_socket(AF_INET6, IPPROTO_ICMPV6), id = getpid() & 0x7fff, value = 4;
	struct sockaddr_in6 to = loop6(0);
	struct icmp6_filter filter, back;
	socklen_t size = sizeof(back);
	char packet[24], seen[256];
	struct icmphdr *icmp = (void *)seen;
	ssize_t length;

	alarm(20);
	ICMP6_FILTER_SETBLOCKALL(&filter);
	ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &filter);
	CHECK(setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof(filter)) == 0);
	CHECK(getsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &back, &size) == 0 && size == sizeof(back));
	CHECK(memcmp(&filter, &back, sizeof(back)) == 0);
	CHECK(setsockopt(fd, IPPROTO_IPV6, IPV6_CHECKSUM, &value, sizeof(value)) == -1 && errno == EINVAL);
	make_echo((void *)packet, sizeof(packet), ICMP6_ECHO_REQUEST, id, 9);
	((struct icmphdr *)packet)->checksum = 0;
	if (sendto(fd, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == -1 && errno == EADDRNOTAVAIL)
		return check_status(); /* the host has no IPv6 */
	do
		length = recv(fd, seen, sizeof(seen), 0);
	while (length >= 8 && ntohs(icmp->un.echo.id) != id);
	CHECK(length == sizeof(packet) && icmp->type == ICMP6_ECHO_REPLY && ntohs(icmp->un.echo.sequence) == 9);
	CHECK(sendto(fd, packet, 2, 0, (void *)&to, sizeof(to)) == -1 && errno == EINVAL);
	return check_status();
}
