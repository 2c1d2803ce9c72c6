#include "tests.h"
#include <sys/epoll.h>
#include <sys/socket.h>

/* EPOLLRDHUP, EPOLLHUP and EPOLLOUT of a socket. */
int main(void)
{
	int ep = epoll_create1(0), s[2];
	struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP}, out[4];

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, s[0], &e) == 0);
	CHECK(epoll_wait(ep, out, 4, 0) == 1 && out[0].events == EPOLLOUT);
	CHECK(shutdown(s[1], SHUT_WR) == 0);
	CHECK(epoll_wait(ep, out, 4, 0) == 1 && out[0].events == (EPOLLIN | EPOLLOUT | EPOLLRDHUP));
	close(s[1]);
	CHECK(epoll_wait(ep, out, 4, 0) == 1 && out[0].events == (EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLHUP));
	return check_status();
}
