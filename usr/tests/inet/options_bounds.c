/* ip(7), tcp(7), socket(7): options at their bounds, and on sockets that they mean nothing to. */
#include "inet.h"

#include <netinet/tcp.h>

int main(void)
{
	struct { int pid, uid, gid; } peer = { 1, 1, 1 };
	int stream = socket(AF_INET, SOCK_STREAM, 0), datagram = socket(AF_INET, SOCK_DGRAM, 0), pair[2], value;
	socklen_t length = sizeof(peer);

	CHECK(set_option(stream, IPPROTO_IP, IP_TOS, 0x1210) == 0 && int_option(stream, IPPROTO_IP, IP_TOS) == 0x10);
	CHECK(set_option(stream, IPPROTO_IP, IP_MULTICAST_TTL, 1) == -1 && errno == EINVAL);
	CHECK(set_option(datagram, IPPROTO_IP, IP_MULTICAST_TTL, 7) == 0);
	CHECK(set_option(datagram, IPPROTO_IP, IP_MULTICAST_TTL, 256) == -1 && errno == EINVAL);
	CHECK(set_option(stream, IPPROTO_TCP, TCP_MAXSEG, 0) == 0);
	CHECK(set_option(stream, IPPROTO_TCP, TCP_MAXSEG, 1) == -1 && errno == EINVAL);
	CHECK(set_option(stream, IPPROTO_TCP, TCP_KEEPIDLE, 0) == -1 && errno == EINVAL);
	CHECK(set_option(stream, IPPROTO_TCP, TCP_KEEPIDLE, 32767) == 0);
	CHECK(set_option(stream, IPPROTO_TCP, TCP_KEEPIDLE, 32768) == -1 && errno == EINVAL);
	CHECK(set_option(stream, IPPROTO_IP, IP_TTL, 0) == -1 && errno == EINVAL);
	CHECK(set_option(stream, IPPROTO_IP, IP_TTL, -1) == 0 && int_option(stream, IPPROTO_IP, IP_TTL) == 64);
	length = sizeof(value);
	CHECK(getsockopt(stream, IPPROTO_IP, IP_MTU, &value, &length) == -1 && errno == ENOTCONN);
	length = sizeof(peer);
	CHECK(getsockopt(stream, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && length == sizeof(peer));
	CHECK(peer.pid == 0 && peer.uid == -1 && peer.gid == -1);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	CHECK(getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0);
	CHECK(peer.pid == getpid() && peer.uid == (int)getuid());
	CHECK(socket(AF_INET, SOCK_STREAM, 300) == -1 && errno == EINVAL);
	CHECK(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP) == -1 && errno == EPROTONOSUPPORT);
	return check_status();
}
