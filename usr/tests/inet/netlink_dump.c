/* RTM_GETLINK over a netlink socket: multipart answer, loopback first, NLMSG_DONE at the end. */
#include "inet.h"
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

int main(void)
{
	struct { struct nlmsghdr header; struct ifinfomsg info; } request = {
		.header = {.nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETLINK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP, .nlmsg_seq = 77}};
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK}, name;
	socklen_t length = sizeof(name);
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), isDone = 0, loopbacks = 0, multi = 1;
	static char data[32768] __attribute__((aligned(8)));

	alarm(20);
	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&kernel, sizeof(kernel)) == 0);
	CHECK(getsockname(fd, (struct sockaddr *)&name, &length) == 0 && name.nl_pid != 0 && length == sizeof(name));
	CHECK(sendto(fd, &request, sizeof(request), 0, (struct sockaddr *)&kernel, sizeof(kernel)) == sizeof(request));
	while (!isDone) {
		int got = recv(fd, data, sizeof(data), 0);
		struct nlmsghdr *message = (struct nlmsghdr *)data;

		if (got <= 0)
			break;
		for (; NLMSG_OK(message, (unsigned)got); message = NLMSG_NEXT(message, got)) {
			if (message->nlmsg_seq != 77)
				continue;
			multi = multi && (message->nlmsg_flags & NLM_F_MULTI);
			isDone |= message->nlmsg_type == NLMSG_DONE;
			loopbacks += message->nlmsg_type == RTM_NEWLINK && ((struct ifinfomsg *)NLMSG_DATA(message))->ifi_index == 1;
		}
	}
	CHECK(isDone && multi && loopbacks == 1);
	return check_status();
}
