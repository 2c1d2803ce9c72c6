/* Control messages of sendmsg(2) set the hop limit and the class of one datagram; ip(7), ipv6(7). */
#include "inet.h"

static int receiver, sender;

static int send_with(int level, int type, const void *value, int length)
{
	union { char space[64]; struct cmsghdr align; } control = {{0}};
	struct iovec part = {"x", 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_SPACE(length)};
	struct cmsghdr *one = CMSG_FIRSTHDR(&message);
	*one = (struct cmsghdr){.cmsg_level = level, .cmsg_type = type, .cmsg_len = CMSG_LEN(length)};
	memcpy(CMSG_DATA(one), value, length);
	return sendmsg(sender, &message, 0) == 1 ? 0 : -errno;
}

static int told(int level, int type)
{
	union { char space[256]; struct cmsghdr align; } control;
	char data[4];
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
	struct cmsghdr *one;
	int value = -1;
	if (recvmsg(receiver, &message, 0) != 1)
		return -2;
	for (one = CMSG_FIRSTHDR(&message); one; one = CMSG_NXTHDR(&message, one))
		if (one->cmsg_level == level && one->cmsg_type == type) {
			value = 0;
			memcpy(&value, CMSG_DATA(one), one->cmsg_len - CMSG_LEN(0));
		}
	return value;
}

static int send_number(int level, int type, int value)
{
	return send_with(level, type, &value, sizeof(value));
}

static void open_pair(const struct sockaddr *any, socklen_t length)
{
	struct sockaddr_storage to;
	receiver = socket(any->sa_family, SOCK_DGRAM, 0);
	sender = socket(any->sa_family, SOCK_DGRAM, 0);
	CHECK(bind(receiver, any, length) == 0 && getsockname(receiver, (struct sockaddr *)&to, &length) == 0);
	CHECK(connect(sender, (struct sockaddr *)&to, length) == 0);
}

int main(void)
{
	struct sockaddr_in any4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 any6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	unsigned char byte = 0x10;

	alarm(20);
	open_pair((struct sockaddr *)&any4, sizeof(any4));
	CHECK(set_option(receiver, IPPROTO_IP, IP_RECVTTL, 1) == 0 && set_option(receiver, IPPROTO_IP, IP_RECVTOS, 1) == 0);
	CHECK(send_number(IPPROTO_IP, IP_TTL, 7) == 0 && told(IPPROTO_IP, IP_TTL) == 7);
	CHECK(send_number(IPPROTO_IP, IP_TOS, 8) == 0 && told(IPPROTO_IP, IP_TOS) == 8);
	CHECK(send_with(IPPROTO_IP, IP_TOS, &byte, 1) == 0 && told(IPPROTO_IP, IP_TOS) == 0x10);
	CHECK(send_number(IPPROTO_IP, IP_TTL, 0) == -EINVAL && send_number(IPPROTO_IP, IP_TTL, 256) == -EINVAL);
	CHECK(send_with(IPPROTO_IP, IP_TTL, &byte, 1) == -EINVAL);
	CHECK(set_option(sender, IPPROTO_IP, IP_TTL, 9) == 0 && send(sender, "y", 1, 0) == 1 && told(IPPROTO_IP, IP_TTL) == 9);
	close(receiver);
	close(sender);

	open_pair((struct sockaddr *)&any6, sizeof(any6));
	CHECK(set_option(receiver, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1) == 0 && set_option(receiver, IPPROTO_IPV6, IPV6_RECVTCLASS, 1) == 0);
	CHECK(send_number(IPPROTO_IPV6, IPV6_HOPLIMIT, 2) == 0 && told(IPPROTO_IPV6, IPV6_HOPLIMIT) == 2);
	CHECK(send_number(IPPROTO_IPV6, IPV6_HOPLIMIT, -1) == 0 && told(IPPROTO_IPV6, IPV6_HOPLIMIT) == 64);
	CHECK(send_number(IPPROTO_IPV6, IPV6_TCLASS, 0x20) == 0 && told(IPPROTO_IPV6, IPV6_TCLASS) == 0x20);
	CHECK(send_number(IPPROTO_IPV6, IPV6_HOPLIMIT, 256) == -EINVAL && send_number(IPPROTO_IPV6, IPV6_HOPLIMIT, -2) == -EINVAL);
	CHECK(send_with(IPPROTO_IPV6, IPV6_HOPLIMIT, &byte, 1) == -EINVAL);
	CHECK(set_option(sender, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 5) == 0 && send(sender, "y", 1, 0) == 1);
	CHECK(told(IPPROTO_IPV6, IPV6_HOPLIMIT) == 5);
	return check_status();
}
