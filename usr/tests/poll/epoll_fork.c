#include "tests.h"
#include <sys/epoll.h>

/* A set is shared over fork: parent and child see the same items; a pipe's end that the child keeps open keeps its item. */
static int ep, p[2];

static int child(void *unused)
{
	struct epoll_event out;

	(void)unused;
	return epoll_wait(ep, &out, 1, 10000) == 1 && out.data.u32 == 5 ? 0 : 1;
}

int main(void)
{
	struct epoll_event e = {.events = EPOLLIN, .data.u32 = 5}, out;
	pid_t pid;

	alarm(20);
	ep = epoll_create1(0);
	CHECK(pipe(p) == 0 && epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &e) == 0);
	pid = start_child(child, NULL);
	CHECK(write(p[1], "x", 1) == 1);
	CHECK(wait_for(pid) == 0);
	CHECK(epoll_wait(ep, &out, 1, 0) == 1);
	return check_status();
}
