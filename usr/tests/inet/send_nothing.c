/* A send of no bytes puts no segment on the wire: it does not find out that the peer is gone. */
#include "inet.h"
#include <poll.h>

int main(void)
{
	int pair[2], peer, mine;
	char byte;

	alarm(20);
	signal(SIGPIPE, SIG_IGN);
	tcp_pair(pair);
	mine = pair[0];
	peer = pair[1];
	CHECK(send(mine, "", 0, 0) == 0);
	close(peer);
	CHECK(poll(&(struct pollfd){mine, POLLIN, 0}, 1, 20000) == 1 && recv(mine, &byte, 1, 0) == 0);
	for (int i = 0; i < 3; i++)
		CHECK(send(mine, "", 0, 0) == 0);
	CHECK(recv(mine, &byte, 1, 0) == 0);
	CHECK(send(mine, "x", 1, 0) == 1); /* answered by a reset */
	CHECK(send(mine, "x", 1, 0) == -1 && errno == EPIPE);
	CHECK(send(mine, "", 0, 0) == -1 && errno == EPIPE);
	return check_status();
}
