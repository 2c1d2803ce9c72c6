/* IP_PKTINFO and IP_RECVTTL tell of each datagram where it went and how. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in any = {.sin_family = AF_INET}, to;
	int receiver = socket(AF_INET, SOCK_DGRAM, 0), sender = socket(AF_INET, SOCK_DGRAM, 0), ttl = 0;
	char data[16];
	union { char space[256]; struct cmsghdr align; } control;
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
	struct in_pktinfo *info = NULL;
	struct cmsghdr *one;

	alarm(20);
	CHECK(set_option(receiver, IPPROTO_IP, IP_PKTINFO, 1) == 0 && set_option(receiver, IPPROTO_IP, IP_RECVTTL, 1) == 0);
	CHECK(bind(receiver, (struct sockaddr *)&any, sizeof(any)) == 0);
	to = loop4(port_of(receiver));
	to.sin_addr.s_addr = htonl(0x7f000009);
	CHECK(sendto(sender, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)) == 1);
	CHECK(recvmsg(receiver, &message, 0) == 1 && message.msg_flags == 0);
	for (one = CMSG_FIRSTHDR(&message); one; one = CMSG_NXTHDR(&message, one)) {
		if (one->cmsg_level == IPPROTO_IP && one->cmsg_type == IP_PKTINFO)
			info = (struct in_pktinfo *)CMSG_DATA(one);
		if (one->cmsg_level == IPPROTO_IP && one->cmsg_type == IP_TTL)
			memcpy(&ttl, CMSG_DATA(one), sizeof(ttl));
	}
	CHECK(info != NULL && ntohl(info->ipi_addr.s_addr) == 0x7f000009 && info->ipi_ifindex == 1);
	CHECK(ttl == 64);
	return check_status();
}
