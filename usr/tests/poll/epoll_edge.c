#include "tests.h"
#include <sys/epoll.h>

/* EPOLLET: one event a change; EPOLLONESHOT: one event until it is armed again. */
int main(void)
{
	int ep = epoll_create1(0), p[2];
	struct epoll_event e = {.events = EPOLLIN | EPOLLET}, out[4];
	char c[8];

	alarm(20);
	CHECK(pipe(p) == 0);
	CHECK(write(p[1], "x", 1) == 1);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &e) == 0);
	CHECK(epoll_wait(ep, out, 4, 0) == 1);
	CHECK(epoll_wait(ep, out, 4, 0) == 0);
	CHECK(write(p[1], "y", 1) == 1);
	CHECK(epoll_wait(ep, out, 4, 0) == 1 && epoll_wait(ep, out, 4, 0) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &e) == 0);
	CHECK(epoll_wait(ep, out, 4, 0) == 1 && epoll_wait(ep, out, 4, 0) == 0);
	CHECK(read(p[0], c, 8) == 2);
	e.events = EPOLLIN | EPOLLONESHOT;
	CHECK(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &e) == 0 && epoll_wait(ep, out, 4, 0) == 0);
	CHECK(write(p[1], "z", 1) == 1);
	CHECK(epoll_wait(ep, out, 4, 0) == 1 && epoll_wait(ep, out, 4, 0) == 0);
	CHECK(write(p[1], "z", 1) == 1 && epoll_wait(ep, out, 4, 0) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &e) == 0 && epoll_wait(ep, out, 4, 0) == 1);
	close(p[1]);
	CHECK(epoll_wait(ep, out, 4, 0) == 0);
	e.events = EPOLLIN;
	CHECK(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &e) == 0);
	CHECK(epoll_wait(ep, out, 4, 0) == 1 && out[0].events == (EPOLLIN | EPOLLHUP));
	return check_status();
}
