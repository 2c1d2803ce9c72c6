/* SO_REUSEPORT: several listeners share a port, and together take every connection. */
#include "inet.h"

int main(void)
{
	int one = socket(AF_INET, SOCK_STREAM, 0), two = socket(AF_INET, SOCK_STREAM, 0), plain = socket(AF_INET, SOCK_STREAM, 0);
	int port, i, taken = 0;

	alarm(20);
	CHECK(set_option(one, SOL_SOCKET, SO_REUSEPORT, 1) == 0 && set_option(two, SOL_SOCKET, SO_REUSEPORT, 1) == 0);
	CHECK(bind4(one, 0) == 0);
	port = port_of(one);
	CHECK(bind4(two, port) == 0);
	CHECK(bind4(plain, port) == -1 && errno == EADDRINUSE);
	CHECK(listen(one, 16) == 0 && listen(two, 16) == 0);
	CHECK(fcntl(one, F_SETFL, O_NONBLOCK) == 0 && fcntl(two, F_SETFL, O_NONBLOCK) == 0);
	for (i = 0; i < 16; i++) {
		int client = socket(AF_INET, SOCK_STREAM, 0);
		struct pollfd both[2] = {{.fd = one, .events = POLLIN}, {.fd = two, .events = POLLIN}};

		if (connect4(client, port) == 0 && poll(both, 2, 10000) == 1)
			taken += accept(both[0].revents ? one : two, NULL, NULL) >= 0;
	}
	CHECK(taken == 16);
	return check_status();
}
