/* An ICMPv6 datagram socket: echo, with the hop limit as a control message. */
#include "raw.h"

int main(void)
{
	int fd = ping_socket(AF_INET6, IPPROTO_ICMPV6), on = 1, hops = -1;
	struct sockaddr_in6 to = loop6(0), from;
	char packet[40], reply[128], control[128];
	struct icmphdr *echo = (void *)packet, *answer = (void *)reply;
	struct iovec io = {reply, sizeof(reply)};
	struct msghdr m = {.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &io, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control)};
	struct cmsghdr *c;

	alarm(20);
	CHECK(setsockopt(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, &on, sizeof(on)) == 0);
	make_echo(echo, sizeof(packet), ICMP6_ECHO_REQUEST, 1, 3);
	if (sendto(fd, packet, sizeof(packet), 0, (void *)&to, sizeof(to)) == -1 && errno == EADDRNOTAVAIL)
		return check_status(); /* the host has no IPv6 */
	CHECK(recvmsg(fd, &m, 0) == sizeof(packet));
	CHECK(answer->type == ICMP6_ECHO_REPLY && ntohs(answer->un.echo.id) == port_of(fd) && ntohs(answer->un.echo.sequence) == 3);
	CHECK(memcmp(&from.sin6_addr, &to.sin6_addr, 16) == 0 && from.sin6_port == 0);
	for (c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c))
		if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_HOPLIMIT)
			memcpy(&hops, CMSG_DATA(c), sizeof(hops));
	CHECK(hops == 64);
	return check_status();
}
