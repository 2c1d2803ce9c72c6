#include "tests.h"
#include <sys/epoll.h>

/* EPOLLEXCLUSIVE: only with EPOLL_CTL_ADD, only with some events, not for sets. */
int main(void)
{
	int ep = epoll_create1(0), inner = epoll_create1(0), p[2];
	struct epoll_event e = {.events = EPOLLIN | EPOLLEXCLUSIVE}, out;

	alarm(20);
	CHECK(pipe(p) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, inner, &e) == -1 && errno == EINVAL);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &e) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &e) == -1 && errno == EINVAL);
	e.events = EPOLLIN;
	CHECK(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &e) == -1 && errno == EINVAL);
	CHECK(write(p[1], "x", 1) == 1 && epoll_wait(ep, &out, 1, -1) == 1);
	e.events = EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT;
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[1], &e) == -1 && errno == EINVAL);
	return check_status();
}
