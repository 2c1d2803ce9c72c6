/* Connections are accepted in the order in which they came, with their peers' names. */
#include "inet.h"

int main(void)
{
	int listener = listener4(8), i, clients[4];

	alarm(20);
	for (i = 0; i < 4; i++) {
		clients[i] = socket(AF_INET, SOCK_STREAM, 0);
		CHECK(connect4(clients[i], port_of(listener)) == 0);
	}
	for (i = 0; i < 4; i++) {
		struct sockaddr_in peer;
		socklen_t length = sizeof(peer);
		int fd = accept(listener, (struct sockaddr *)&peer, &length);

		CHECK(length == sizeof(peer) && peer.sin_family == AF_INET);
		CHECK(ntohs(peer.sin_port) == port_of(clients[i]) && ntohl(peer.sin_addr.s_addr) == INADDR_LOOPBACK);
		close(fd);
	}
	return check_status();
}
