/* A connected socket cannot connect; one that was refused can. */
#include "inet.h"

int main(void)
{
	int gone = listener4(1), port = port_of(gone), listener, fds[2];

	alarm(20);
	tcp_pair(fds);
	CHECK(connect4(fds[0], port) == -1 && errno == EISCONN);
	CHECK(connect4(gone, port) == -1 && errno == EISCONN);
	close(gone);
	close(fds[0]);
	fds[0] = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(connect4(fds[0], port) == -1 && errno == ECONNREFUSED);
	listener = listener4(1);
	CHECK(connect4(fds[0], port_of(listener)) == 0);
	return check_status();
}
