/* IP_RECVERR: a packet that nobody took comes back by MSG_ERRQUEUE, with what ICMP said of it (ip(7)). */
#include "inet.h"
#include <linux/errqueue.h>
#include <linux/icmp.h>

int main(void)
{
	int closed = bound4(SOCK_DGRAM), fd = socket(AF_INET, SOCK_DGRAM, 0), error = 0;
	struct sockaddr_in to = loop4(port_of(closed)), name;
	char data[16], control[256];
	struct iovec io = {data, sizeof(data)};
	struct msghdr m = {.msg_name = &name, .msg_namelen = sizeof(name), .msg_iov = &io, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control)};
	struct sock_extended_err *extended = NULL;
	struct cmsghdr *c;
	socklen_t size = sizeof(error);

	alarm(20);
	CHECK(set_option(fd, IPPROTO_IP, IP_RECVERR, 1) == 0 && int_option(fd, IPPROTO_IP, IP_RECVERR) == 1);
	CHECK(recvmsg(fd, &m, MSG_ERRQUEUE) == -1 && errno == EAGAIN);
	close(closed);
	CHECK(sendto(fd, "lost", 4, 0, (void *)&to, sizeof(to)) == 4);
	CHECK(events_of(fd, 0, 10000) == POLLERR);
	CHECK(recvmsg(fd, &m, MSG_ERRQUEUE) == 4 && (m.msg_flags & MSG_ERRQUEUE) != 0);
	CHECK(memcmp(data, "lost", 4) == 0 && name.sin_port == to.sin_port && name.sin_addr.s_addr == to.sin_addr.s_addr);
	for (c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c))
		if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR)
			extended = (void *)CMSG_DATA(c);
	CHECK(extended != NULL && extended->ee_errno == ECONNREFUSED && extended->ee_origin == SO_EE_ORIGIN_ICMP);
	CHECK(extended != NULL && extended->ee_type == ICMP_DEST_UNREACH && extended->ee_code == ICMP_PORT_UNREACH);
	CHECK(extended != NULL && ((struct sockaddr_in *)SO_EE_OFFENDER(extended))->sin_addr.s_addr == to.sin_addr.s_addr);
	CHECK(events_of(fd, 0, 0) == 0);
	CHECK(recvmsg(fd, &m, MSG_ERRQUEUE) == -1 && errno == EAGAIN);
	CHECK(getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0);
	return check_status();
}
