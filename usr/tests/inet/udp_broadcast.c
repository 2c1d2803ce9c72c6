/* Sending to the broadcast address needs SO_BROADCAST. */
#include "inet.h"

int main(void)
{
	struct sockaddr_in to = loop4(port_of(bound4(SOCK_DGRAM)));
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	to.sin_addr.s_addr = htonl(INADDR_BROADCAST);
	CHECK(sendto(fd, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)) == -1 && errno == EACCES);
	CHECK(connect(fd, (struct sockaddr *)&to, sizeof(to)) == -1 && errno == EACCES);
	CHECK(set_option(fd, SOL_SOCKET, SO_BROADCAST, 1) == 0);
	CHECK(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
	return check_status();
}
