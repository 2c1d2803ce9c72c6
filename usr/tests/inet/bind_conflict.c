/* EADDRINUSE, and what SO_REUSEADDR allows. */
#include "inet.h"

int main(void)
{
	int one = bound4(SOCK_STREAM), port = port_of(one);
	int two = socket(AF_INET, SOCK_STREAM, 0), three = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(port)};

	CHECK(bind4(two, port) == -1 && errno == EADDRINUSE);
	CHECK(bind(two, (struct sockaddr *)&any, sizeof(any)) == -1 && errno == EADDRINUSE);
	CHECK(set_option(two, SOL_SOCKET, SO_REUSEADDR, 1) == 0);
	CHECK(bind4(two, port) == -1 && errno == EADDRINUSE);
	CHECK(set_option(one, SOL_SOCKET, SO_REUSEADDR, 1) == 0);
	CHECK(bind4(two, port) == 0);
	CHECK(listen(one, 1) == 0);
	CHECK(listen(two, 1) == -1 && errno == EADDRINUSE);
	CHECK(set_option(three, SOL_SOCKET, SO_REUSEADDR, 1) == 0);
	CHECK(bind4(three, port) == -1 && errno == EADDRINUSE);
	return check_status();
}
