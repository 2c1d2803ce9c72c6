/* TCP over ::1. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in6 name = loop6(0), peer;
	socklen_t length = sizeof(name);
	int listener = socket(AF_INET6, SOCK_STREAM, 0), client = socket(AF_INET6, SOCK_STREAM, 0), fd;
	char data[4];

	alarm(20);
	CHECK(bind(listener, (struct sockaddr *)&name, sizeof(name)) == 0 && listen(listener, 1) == 0);
	CHECK(getsockname(listener, (struct sockaddr *)&name, &length) == 0 && length == sizeof(name));
	CHECK(connect(client, (struct sockaddr *)&name, sizeof(name)) == 0);
	fd = accept(listener, (struct sockaddr *)&peer, &length);
	CHECK(fd >= 0 && IN6_IS_ADDR_LOOPBACK(&peer.sin6_addr));
	CHECK(write(client, "six", 3) == 3 && recv(fd, data, 3, MSG_WAITALL) == 3 && memcmp(data, "six", 3) == 0);
	return check_status();
}
