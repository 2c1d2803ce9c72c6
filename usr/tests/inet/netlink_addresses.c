/* getifaddrs(3) by netlink: loopback with both families, addresses and masks. */
#include "inet.h"
#include <ifaddrs.h>
#include <net/if.h>

int main(void)
{
	struct ifaddrs *list = NULL, *entry;
	int v4 = 0, link = 0;

	CHECK(getifaddrs(&list) == 0);
	for (entry = list; entry; entry = entry->ifa_next) {
		if (strcmp(entry->ifa_name, "lo") != 0 || entry->ifa_addr == NULL)
			continue;
		if (entry->ifa_addr->sa_family == AF_PACKET)
			link += (entry->ifa_flags & IFF_LOOPBACK) != 0;
		if (entry->ifa_addr->sa_family == AF_INET) {
			struct sockaddr_in *in = (struct sockaddr_in *)entry->ifa_addr;
			struct sockaddr_in *mask = (struct sockaddr_in *)entry->ifa_netmask;

			v4 += ntohl(in->sin_addr.s_addr) == INADDR_LOOPBACK && ntohl(mask->sin_addr.s_addr) == 0xff000000;
		}
	}
	CHECK(link == 1 && v4 == 1);
	freeifaddrs(list);
	return check_status();
}
