/* SOL_SOCKET options of TCP and UDP sockets: types, flags, errors. */
#include "inet.h"

int main(void)
{
	int tcp = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET6, SOCK_DGRAM, 0), value = 1;
	socklen_t length = sizeof(value);

	CHECK(int_option(tcp, SOL_SOCKET, SO_TYPE) == SOCK_STREAM && int_option(udp, SOL_SOCKET, SO_TYPE) == SOCK_DGRAM);
	CHECK(int_option(tcp, SOL_SOCKET, SO_DOMAIN) == AF_INET && int_option(udp, SOL_SOCKET, SO_DOMAIN) == AF_INET6);
	CHECK(int_option(tcp, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_TCP && int_option(udp, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_UDP);
	CHECK(set_option(tcp, SOL_SOCKET, SO_KEEPALIVE, 7) == 0 && int_option(tcp, SOL_SOCKET, SO_KEEPALIVE) == 1);
	CHECK(set_option(udp, SOL_SOCKET, SO_BROADCAST, 1) == 0 && int_option(udp, SOL_SOCKET, SO_BROADCAST) == 1);
	CHECK(set_option(tcp, SOL_SOCKET, SO_RCVBUF, 20000) == 0 && int_option(tcp, SOL_SOCKET, SO_RCVBUF) == 40000);
	CHECK(set_option(tcp, SOL_SOCKET, SO_TYPE, 1) == -1 && errno == ENOPROTOOPT);
	CHECK(getsockopt(tcp, SOL_SOCKET, 9999, &value, &length) == -1 && errno == ENOPROTOOPT);
	CHECK(setsockopt(tcp, SOL_SOCKET, SO_KEEPALIVE, &value, 2) == -1 && errno == EINVAL);
	CHECK(setsockopt(tcp, SOL_SOCKET, SO_KEEPALIVE, nowhere, sizeof(int)) == -1 && errno == EFAULT);
	CHECK(set_option(0x7fff, SOL_SOCKET, SO_KEEPALIVE, 1) == -1 && errno == EBADF);
	length = sizeof(value);
	CHECK(getsockopt(tcp, SOL_SOCKET, SO_BINDTODEVICE, &value, &length) == 0 && length == 0);
	CHECK(setsockopt(tcp, SOL_SOCKET, SO_BINDTODEVICE, "", 1) == 0);
	return check_status();
}
