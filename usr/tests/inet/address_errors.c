/* Addresses that are too short, of another family, or nobody's. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in in = loop4(0);
	struct sockaddr_in6 in6 = loop6(0);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int fd6 = socket(AF_INET6, SOCK_STREAM, 0);

	CHECK(bind(fd, (struct sockaddr *)&in, 8) == -1 && errno == EINVAL);
	CHECK(bind(fd, (struct sockaddr *)&in6, sizeof(in6)) == -1 && errno == EAFNOSUPPORT);
	CHECK(bind(fd6, (struct sockaddr *)&in6, 20) == -1 && errno == EINVAL);
	in.sin_addr.s_addr = htonl(0xcb007101); /* 203.0.113.1, for documentation only */
	CHECK(bind(fd, (struct sockaddr *)&in, sizeof(in)) == -1 && errno == EADDRNOTAVAIL);
	in = loop4(0);
	CHECK(bind(fd, (struct sockaddr *)&in, sizeof(in)) == 0);
	CHECK(bind(fd, (struct sockaddr *)&in, sizeof(in)) == -1 && errno == EINVAL);
	CHECK(connect(fd, (struct sockaddr *)&in, 4) == -1 && errno == EINVAL);
	CHECK(connect(fd, (struct sockaddr *)&in6, sizeof(in6)) == -1 && errno == EAFNOSUPPORT);
	return check_status();
}
