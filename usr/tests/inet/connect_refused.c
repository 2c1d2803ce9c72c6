/* Nobody listens: ECONNREFUSED at once, or by SO_ERROR without blocking. */
#include "inet.h"

int main(void)
{
	int gone = listener4(1), port = port_of(gone), fd = socket(AF_INET, SOCK_STREAM, 0);
	int waiting = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	alarm(20);
	close(gone);
	CHECK(connect4(fd, port) == -1 && errno == ECONNREFUSED);
	CHECK(int_option(fd, SOL_SOCKET, SO_ERROR) == 0);
	CHECK(connect4(waiting, port) == -1 && errno == EINPROGRESS);
	CHECK((events_of(waiting, POLLOUT, 10000) & (POLLOUT | POLLERR | POLLHUP)) == (POLLOUT | POLLERR | POLLHUP));
	CHECK(int_option(waiting, SOL_SOCKET, SO_ERROR) == ECONNREFUSED);
	CHECK(int_option(waiting, SOL_SOCKET, SO_ERROR) == 0);
	return check_status();
}
