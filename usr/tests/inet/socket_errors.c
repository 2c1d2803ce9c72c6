/* socket(2) and socketpair(2): what there is not. */
#include "inet.h"

int main(void)
{
	int fds[2];

	CHECK(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP) == -1 && errno == EPROTONOSUPPORT);
	CHECK(socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP) == -1 && errno == EPROTONOSUPPORT);
	CHECK(socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) >= 0 && socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP) >= 0);
	CHECK(socket(AF_INET, 77, 0) == -1 && errno == EINVAL);
	CHECK(socket(AF_INET, SOCK_STREAM | 0x10, 0) == -1 && errno == EINVAL);
	CHECK(socket(9999, SOCK_STREAM, 0) == -1 && errno == EAFNOSUPPORT);
	CHECK(socketpair(AF_INET, SOCK_STREAM, 0, fds) == -1 && errno == EOPNOTSUPP);
	CHECK(socket(AF_INET, SOCK_RAW, 0) == -1 && errno == EPROTONOSUPPORT);
	return check_status();
}
