/* poll, ppoll, select, epoll and eventfd on the ends of a pipe in one process, with and without time-outs. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>

#include "check.h"

static int in, out;

static void show(const char *what, int count, const struct pollfd *fds, int nr)
{
	printf("%s: %d", what, count);
	for (int i = 0; i < nr; i++)
		printf(" %#x", fds[i].revents);
	printf("\n");
}

static void polling(void)
{
	struct pollfd fds[3] = { { in, POLLIN, 0 }, { out, POLLOUT, 0 }, { 99, POLLIN, 0 } };
	struct timespec short_time = { 0, 1000000 };
	char byte;

	show("empty pipe", poll(fds, 2, 0), fds, 2);
	show("waits and gives up", poll(fds, 1, 5), fds, 1);
	CHECK(write(out, "x", 1) == 1);
	show("one byte", poll(fds, 2, -1), fds, 2);
	show("bad descriptor", poll(fds, 3, -1), fds, 3);
	CHECK(read(in, &byte, 1) == 1);
	fds[1].fd = -1;
	show("ppoll, one ignored", ppoll(fds, 2, &short_time, NULL), fds, 2);
	SHOW(poll(nowhere, 1, 0));
}

static void selecting(void)
{
	struct timeval short_time = { 0, 2000 };
	fd_set readable, writable;

	FD_ZERO(&readable);
	FD_ZERO(&writable);
	FD_SET(in, &readable);
	FD_SET(out, &writable);
	CHECK(select(out + 1, &readable, &writable, NULL, NULL) == 1 && !FD_ISSET(in, &readable) && FD_ISSET(out, &writable));
	FD_SET(in, &readable);
	CHECK(select(in + 1, &readable, NULL, NULL, &short_time) == 0 && !FD_ISSET(in, &readable));
	FD_SET(50, &readable);
	SHOW(select(51, &readable, NULL, NULL, &short_time));
	SHOW(select(-1, NULL, NULL, NULL, NULL));
	short_time.tv_usec = 1000;
	CHECK(select(0, NULL, NULL, NULL, &short_time) == 0);
}

static void epolling(void)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u64 = 123456789012345 }, got[4];
	uint64_t count = 3;
	int ep = epoll_create1(EPOLL_CLOEXEC), ev = eventfd(0, EFD_NONBLOCK);

	CHECK(ep >= 0 && ev >= 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, in, &event) == 0);
	SHOW(epoll_ctl(ep, EPOLL_CTL_ADD, in, &event));
	CHECK(epoll_wait(ep, got, 4, 0) == 0);
	CHECK(write(out, "x", 1) == 1);
	CHECK(epoll_wait(ep, got, 4, -1) == 1 && got[0].events == EPOLLIN && got[0].data.u64 == 123456789012345);
	event.data.u64 = 2;
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, ev, &event) == 0 && write(ev, &count, 8) == 8);
	CHECK(epoll_wait(ep, got, 4, 0) == 2);
	CHECK(read(ev, &count, 8) == 8 && count == 3);
	SHOW(read(ev, &count, 8));
	CHECK(epoll_ctl(ep, EPOLL_CTL_DEL, in, NULL) == 0 && epoll_wait(ep, got, 4, 2) == 0);
	SHOW(epoll_ctl(ep, EPOLL_CTL_DEL, in, NULL));
	SHOW(epoll_ctl(ep, EPOLL_CTL_ADD, open("/tmp", O_RDONLY), &event));
}

int main(int argc, char **argv)
{
	struct pollfd hang = { 0, POLLIN, 0 };
	int fds[2];

	(void)argv;
	CHECK(pipe(fds) == 0);
	in = fds[0];
	out = fds[1];
	polling();
	selecting();
	if (argc > 1)
		epolling();
	close(out);
	hang.fd = in;
	show("writer gone", poll(&hang, 1, -1), &hang, 1);
	return check_status();
}
