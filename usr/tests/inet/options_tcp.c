/* Options of TCP: defaults, limits, TCP_INFO's state. */
#include "inet.h"

int main(void)
{
	struct tcp_info info;
	socklen_t length = sizeof(info);
	int fds[2], fd = socket(AF_INET, SOCK_STREAM, 0);

	alarm(20);
	tcp_pair(fds);
	CHECK(int_option(fd, IPPROTO_TCP, TCP_NODELAY) == 0);
	CHECK(set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1) == 0 && int_option(fd, IPPROTO_TCP, TCP_NODELAY) == 1);
	CHECK(set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, 30) == 0 && int_option(fd, IPPROTO_TCP, TCP_KEEPIDLE) == 30);
	CHECK(set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, 0) == -1 && errno == EINVAL);
	CHECK(set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, 128) == -1 && errno == EINVAL);
	CHECK(set_option(fd, IPPROTO_TCP, 9999, 1) == -1 && errno == ENOPROTOOPT);
	CHECK(getsockopt(fds[0], IPPROTO_TCP, TCP_INFO, &info, &length) == 0 && info.tcpi_state == TCP_ESTABLISHED);
	length = sizeof(info);
	CHECK(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) == 0 && info.tcpi_state == TCP_CLOSE);
	return check_status();
}
