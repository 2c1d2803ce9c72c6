#include "tests.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

/* poll, select and epoll_wait that sleep are woken by what another process writes. */
static int p[3][2];

static int child(void *unused)
{
	int i;
	char byte;

	(void)unused;
	for (i = 0; i < 3; i++)
		if (read(p[2][0], &byte, 1) != 1 || write(p[i % 2][1], "x", 1) != 1)
			return 1;
	return 0;
}

int main(void)
{
	struct pollfd f[2];
	struct epoll_event e = {.events = EPOLLIN}, out;
	fd_set set;
	char byte;
	pid_t pid;
	int i, ep = epoll_create1(0);

	alarm(20);
	for (i = 0; i < 3; i++)
		CHECK(pipe(p[i]) == 0);
	pid = start_child(child, NULL);
	f[0] = (struct pollfd){p[0][0], POLLIN, 0};
	f[1] = (struct pollfd){p[1][0], POLLIN, 0};
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[0][0], &e) == 0);
	CHECK(write(p[2][1], "g", 1) == 1);
	CHECK(poll(f, 2, 10000) == 1 && f[0].revents == POLLIN && read(p[0][0], &byte, 1) == 1);
	CHECK(write(p[2][1], "g", 1) == 1);
	FD_ZERO(&set);
	FD_SET(p[1][0], &set);
	CHECK(select(p[1][0] + 1, &set, NULL, NULL, NULL) == 1 && read(p[1][0], &byte, 1) == 1);
	CHECK(write(p[2][1], "g", 1) == 1);
	CHECK(epoll_wait(ep, &out, 1, 10000) == 1);
	CHECK(wait_for(pid) == 0);
	return check_status();
}
