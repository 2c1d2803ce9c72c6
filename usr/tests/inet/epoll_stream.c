/* A TCP connection in an epoll set: data, peer's end, both ends. */
#include "inet.h"
#include <sys/epoll.h>

int main(void)
{
	int fds[2], set = epoll_create1(0);
	struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP};
	char byte;

	alarm(20);
	tcp_pair(fds);
	CHECK(epoll_ctl(set, EPOLL_CTL_ADD, fds[0], &event) == 0);
	CHECK(epoll_wait(set, &event, 1, 10000) == 1 && event.events == EPOLLOUT);
	CHECK(write(fds[1], "x", 1) == 1);
	CHECK(events_of(fds[0], POLLIN, 10000) == POLLIN);
	CHECK(epoll_wait(set, &event, 1, 10000) == 1 && event.events == (EPOLLIN | EPOLLOUT));
	CHECK(read(fds[0], &byte, 1) == 1);
	CHECK(shutdown(fds[1], SHUT_WR) == 0);
	CHECK(events_of(fds[0], POLLIN, 10000) == POLLIN);
	CHECK(epoll_wait(set, &event, 1, 10000) == 1 && event.events == (EPOLLIN | EPOLLOUT | EPOLLRDHUP));
	CHECK(shutdown(fds[0], SHUT_WR) == 0);
	CHECK(events_of(fds[0], POLLHUP, 10000) == POLLHUP);
	CHECK(epoll_wait(set, &event, 1, 10000) == 1 && event.events == (EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLHUP));
	return check_status();
}
