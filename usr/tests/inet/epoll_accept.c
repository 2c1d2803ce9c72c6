/* A listener in an edge-triggered epoll set: one event for each arrival. */
#include "inet.h"
#include <sys/epoll.h>

int main(void)
{
	int listener = listener4(8), set = epoll_create1(0), i;
	struct epoll_event event = {.events = EPOLLIN | EPOLLET};

	alarm(20);
	CHECK(fcntl(listener, F_SETFL, O_NONBLOCK) == 0);
	CHECK(epoll_ctl(set, EPOLL_CTL_ADD, listener, &event) == 0);
	CHECK(epoll_wait(set, &event, 1, 0) == 0);
	for (i = 0; i < 3; i++) {
		int client = socket(AF_INET, SOCK_STREAM, 0);

		CHECK(connect4(client, port_of(listener)) == 0);
		CHECK(epoll_wait(set, &event, 1, 10000) == 1 && event.events == EPOLLIN);
	}
	CHECK(epoll_wait(set, &event, 1, 0) == 0);
	for (i = 0; i < 3; i++)
		CHECK(accept(listener, NULL, NULL) >= 0);
	CHECK(accept(listener, NULL, NULL) == -1 && errno == EAGAIN);
	return check_status();
}
