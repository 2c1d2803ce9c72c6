/* What raw sockets refuse, and who may have one. */
#include "raw.h"
#include <linux/capability.h>

static int without_rights(void *unused)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};

	(void)unused;
	if (syscall(SYS_capset, &header, none) != 0)
		return 2;
	return socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) == -1 && errno == EPERM ? 0 : 1;
}

int main(void)
{
	int fd = raw_socket(AF_INET, IPPROTO_ICMP);
	struct sockaddr_in to = loop4(0);
	struct sockaddr_in6 six = loop6(0);
	static char large[65536];

	alarm(20);
	CHECK(socket(AF_INET, SOCK_RAW, 0) == -1 && errno == EPROTONOSUPPORT);
	CHECK(socket(AF_INET, SOCK_RAW, 263) == -1 && errno == EINVAL);
	CHECK(socket(AF_INET, SOCK_RAW, -1) == -1 && errno == EINVAL);
	CHECK(send(fd, "12345678", 8, 0) == -1 && errno == EDESTADDRREQ);
	CHECK(sendto(fd, large, sizeof(large), 0, (void *)&to, sizeof(to)) == -1 && errno == EMSGSIZE);
	CHECK(sendto(fd, "12345678", 8, MSG_OOB, (void *)&to, sizeof(to)) == -1 && errno == EOPNOTSUPP);
	CHECK(sendto(fd, "12345678", 8, 0, (void *)&to, 8) == -1 && errno == EINVAL);
	CHECK(sendto(fd, "12345678", 8, 0, (void *)&six, sizeof(six)) == -1 && errno == EAFNOSUPPORT);
	CHECK(listen(fd, 1) == -1 && errno == EOPNOTSUPP);
	CHECK(accept(fd, NULL, NULL) == -1 && errno == EOPNOTSUPP);
	CHECK(getpeername(fd, (void *)&to, &(socklen_t){sizeof(to)}) == -1 && errno == ENOTCONN);
	CHECK(wait_for(start_child(without_rights, NULL)) == 0);
	return check_status();
}
