#include "tests.h"
#include <poll.h>
#include <sys/epoll.h>

/* Sets in sets: readiness goes up, loops and long chains are ELOOP. */
int main(void)
{
	int a = epoll_create1(0), b = epoll_create1(0), c[8], p[2], i;
	struct epoll_event e = {.events = EPOLLIN, .data.u32 = 1}, out;
	struct pollfd f = {a, POLLIN, 0};
	char byte;

	alarm(20);
	CHECK(pipe(p) == 0);
	CHECK(epoll_ctl(b, EPOLL_CTL_ADD, p[0], &e) == 0);
	e.data.u32 = 2;
	CHECK(epoll_ctl(a, EPOLL_CTL_ADD, b, &e) == 0);
	CHECK(poll(&f, 1, 0) == 0);
	CHECK(write(p[1], "x", 1) == 1);
	CHECK(poll(&f, 1, 0) == 1 && f.revents == POLLIN);
	CHECK(epoll_wait(a, &out, 1, 0) == 1 && out.data.u32 == 2);
	CHECK(epoll_wait(b, &out, 1, 0) == 1 && out.data.u32 == 1);
	CHECK(read(p[0], &byte, 1) == 1);
	CHECK(epoll_wait(a, &out, 1, 0) == 0 && poll(&f, 1, 0) == 0);
	CHECK(epoll_ctl(b, EPOLL_CTL_ADD, a, &e) == -1 && errno == ELOOP);
	for (i = 0; i < 8; i++)
		c[i] = epoll_create1(0);
	for (i = 0; i < 7; i++)
		if (epoll_ctl(c[i], EPOLL_CTL_ADD, c[i + 1], &e) != 0)
			break;
	CHECK(i < 7 && (errno == ELOOP || errno == EINVAL));
	return check_status();
}
