#include "tests.h"
#include <sys/epoll.h>

/* A descriptor leaves the set when the last one of its open file is closed; a dup keeps it there. */
int main(void)
{
	int ep = epoll_create1(0), p[2], d;
	struct epoll_event e = {.events = EPOLLIN, .data.u32 = 1}, out[4];

	alarm(20);
	CHECK(pipe(p) == 0 && write(p[1], "x", 1) == 1);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &e) == 0);
	d = dup(p[0]);
	e.data.u32 = 2;
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, d, &e) == 0);
	CHECK(epoll_wait(ep, out, 4, 0) == 2);
	close(p[0]);
	CHECK(epoll_wait(ep, out, 4, 0) == 2);
	close(d);
	CHECK(epoll_wait(ep, out, 4, 0) == 0);
	CHECK(pipe(p) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &e) == 0);
	return check_status();
}
