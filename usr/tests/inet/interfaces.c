/* The loopback interface by ioctl: index, name, address, mask, flags, MTU. */
#include "inet.h"
#include <net/if.h>

int main(void)
{
	struct ifreq request;
	struct sockaddr_in *in = (struct sockaddr_in *)&request.ifr_addr;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	char name[IF_NAMESIZE];

	memset(&request, 0, sizeof(request));
	strcpy(request.ifr_name, "lo");
	CHECK(ioctl(fd, SIOCGIFINDEX, &request) == 0 && request.ifr_ifindex == 1);
	CHECK(ioctl(fd, SIOCGIFADDR, &request) == 0 && ntohl(in->sin_addr.s_addr) == INADDR_LOOPBACK);
	CHECK(ioctl(fd, SIOCGIFNETMASK, &request) == 0 && ntohl(in->sin_addr.s_addr) == 0xff000000);
	CHECK(ioctl(fd, SIOCGIFFLAGS, &request) == 0);
	CHECK((request.ifr_flags & (IFF_UP | IFF_LOOPBACK | IFF_RUNNING)) == (IFF_UP | IFF_LOOPBACK | IFF_RUNNING));
	CHECK(ioctl(fd, SIOCGIFMTU, &request) == 0 && request.ifr_mtu == 65536);
	CHECK(if_nametoindex("lo") == 1 && if_indextoname(1, name) != NULL && strcmp(name, "lo") == 0);
	strcpy(request.ifr_name, "none9");
	CHECK(ioctl(fd, SIOCGIFINDEX, &request) == -1 && errno == ENODEV);
	CHECK(ioctl(fd, SIOCGIFADDR, NULL) == -1 && errno == EFAULT);
	return check_status();
}
