/* getsockname(2) and getpeername(2): cut to the room there is, ENOTCONN without a peer. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in name;
	socklen_t length = 4;
	int fds[2], fd = socket(AF_INET, SOCK_STREAM, 0);

	alarm(20);
	tcp_pair(fds);
	CHECK(getpeername(fd, (struct sockaddr *)&name, &length) == -1 && errno == ENOTCONN);
	CHECK(getpeername(fds[0], (struct sockaddr *)&name, &length) == 0 && length == sizeof(name));
	CHECK(ntohs(name.sin_port) == port_of(fds[1]));
	length = sizeof(name);
	CHECK(getpeername(fds[1], (struct sockaddr *)&name, &length) == 0 && ntohs(name.sin_port) == port_of(fds[0]));
	CHECK(ntohl(name.sin_addr.s_addr) == INADDR_LOOPBACK);
	length = -1;
	CHECK(getsockname(fds[0], (struct sockaddr *)&name, &length) == -1 && errno == EINVAL);
	length = sizeof(name);
	CHECK(getsockname(fds[0], nowhere, &length) == -1 && errno == EFAULT);
	return check_status();
}
