/* A multicast group on loopback: members hear it, others do not. */
#include "inet.h"

int main(void)
{
	int member = socket(AF_INET, SOCK_DGRAM, 0), stranger = socket(AF_INET, SOCK_DGRAM, 0), sender = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in any = {.sin_family = AF_INET};
	struct in_addr loopback = {htonl(INADDR_LOOPBACK)};
	struct ip_mreq group = {.imr_multiaddr.s_addr = htonl(0xefffa501), .imr_interface.s_addr = htonl(INADDR_LOOPBACK)};
	struct ip_mreq none = {.imr_multiaddr.s_addr = htonl(0x0a000001)};
	char data[8];

	alarm(20);
	CHECK(bind(member, (struct sockaddr *)&any, sizeof(any)) == 0);
	any.sin_port = htons(port_of(member));
	CHECK(set_option(member, SOL_SOCKET, SO_REUSEADDR, 1) == 0 && set_option(stranger, SOL_SOCKET, SO_REUSEADDR, 1) == 0);
	CHECK(bind(stranger, (struct sockaddr *)&any, sizeof(any)) == 0);
	CHECK(set_option(stranger, IPPROTO_IP, IP_MULTICAST_ALL, 0) == 0);
	CHECK(setsockopt(member, IPPROTO_IP, IP_ADD_MEMBERSHIP, &none, sizeof(none)) == -1 && errno == EINVAL);
	CHECK(setsockopt(member, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof(group)) == 0);
	CHECK(setsockopt(member, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof(group)) == -1 && errno == EADDRINUSE);
	CHECK(setsockopt(sender, IPPROTO_IP, IP_MULTICAST_IF, &loopback, sizeof(loopback)) == 0);
	any.sin_addr = group.imr_multiaddr;
	CHECK(sendto(sender, "group", 5, 0, (struct sockaddr *)&any, sizeof(any)) == 5);
	CHECK(recv(member, data, sizeof(data), 0) == 5);
	CHECK(recv(stranger, data, sizeof(data), MSG_DONTWAIT) == -1 && errno == EAGAIN);
	CHECK(setsockopt(member, IPPROTO_IP, IP_DROP_MEMBERSHIP, &group, sizeof(group)) == 0);
	CHECK(setsockopt(member, IPPROTO_IP, IP_DROP_MEMBERSHIP, &group, sizeof(group)) == -1 && errno == EADDRNOTAVAIL);
	return check_status();
}
