/* Options of the IP levels: TTL, TOS, hop limits, IPV6_V6ONLY before and after bind. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in6 any = {.sin6_family = AF_INET6};
	int fd = socket(AF_INET, SOCK_DGRAM, 0), fd6 = socket(AF_INET6, SOCK_DGRAM, 0);

	CHECK(int_option(fd, IPPROTO_IP, IP_TTL) == 64);
	CHECK(set_option(fd, IPPROTO_IP, IP_TTL, 5) == 0 && int_option(fd, IPPROTO_IP, IP_TTL) == 5);
	CHECK(set_option(fd, IPPROTO_IP, IP_TTL, 300) == -1 && errno == EINVAL);
	CHECK(set_option(fd, IPPROTO_IP, IP_TOS, 0x10) == 0 && int_option(fd, IPPROTO_IP, IP_TOS) == 0x10);
	CHECK(int_option(fd, IPPROTO_IP, IP_MULTICAST_LOOP) == 1 && int_option(fd, IPPROTO_IP, IP_MULTICAST_TTL) == 1);
	CHECK(int_option(fd6, IPPROTO_IPV6, IPV6_UNICAST_HOPS) == 64);
	CHECK(set_option(fd6, IPPROTO_IPV6, IPV6_V6ONLY, 1) == 0 && int_option(fd6, IPPROTO_IPV6, IPV6_V6ONLY) == 1);
	CHECK(bind(fd6, (struct sockaddr *)&any, sizeof(any)) == 0);
	CHECK(set_option(fd6, IPPROTO_IPV6, IPV6_V6ONLY, 0) == -1 && errno == EINVAL);
	CHECK(set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1) == -1 && errno == ENOPROTOOPT);
	return check_status();
}
