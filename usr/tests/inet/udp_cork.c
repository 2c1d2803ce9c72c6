/* MSG_MORE and UDP_CORK make one packet of several sends. */
#include "inet.h"
#include <netinet/udp.h>

int main(void)
{
	int receiver = bound4(SOCK_DGRAM), fd = socket(AF_INET, SOCK_DGRAM, 0);
	char data[16];

	alarm(20);
	CHECK(connect4(fd, port_of(receiver)) == 0);
	CHECK(send(fd, "ab", 2, MSG_MORE) == 2);
	CHECK(recv(receiver, data, sizeof(data), MSG_DONTWAIT) == -1 && errno == EAGAIN);
	CHECK(send(fd, "cd", 2, 0) == 2);
	CHECK(recv(receiver, data, sizeof(data), 0) == 4 && memcmp(data, "abcd", 4) == 0);
	CHECK(set_option(fd, IPPROTO_UDP, UDP_CORK, 1) == 0);
	CHECK(send(fd, "ef", 2, 0) == 2 && send(fd, "gh", 2, 0) == 2);
	CHECK(set_option(fd, IPPROTO_UDP, UDP_CORK, 0) == 0);
	CHECK(recv(receiver, data, sizeof(data), 0) == 4 && memcmp(data, "efgh", 4) == 0);
	return check_status();
}
