#include "tests.h"
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

/* Four threads wait on one set; every event is taken by exactly one of them with EPOLLET. */
static int ep, fds[4], taken;

static void *worker(void *unused)
{
	struct epoll_event out;
	uint64_t value;

	(void)unused;
	while (epoll_wait(ep, &out, 1, -1) == 1 && out.data.fd != fds[3])
		if (read(out.data.fd, &value, 8) == 8)
			__sync_fetch_and_add(&taken, (int)value);
	return NULL;
}

int main(void)
{
	pthread_t threads[4];
	struct epoll_event e;
	uint64_t one = 1;
	int i, round;

	alarm(30);
	ep = epoll_create1(0);
	for (i = 0; i < 4; i++) {
		fds[i] = eventfd(0, EFD_NONBLOCK);
		e.events = i < 3 ? EPOLLIN | EPOLLET : EPOLLIN;
		e.data.fd = fds[i];
		CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, fds[i], &e) == 0);
	}
	for (i = 0; i < 4; i++)
		CHECK(pthread_create(&threads[i], NULL, worker, NULL) == 0);
	for (round = 0; round < 100; round++)
		for (i = 0; i < 3; i++)
			if (write(fds[i], &one, 8) != 8)
				CHECK(0);
	while (__sync_fetch_and_add(&taken, 0) < 300)
		sched_yield();
	CHECK(write(fds[3], &one, 8) == 8);
	for (i = 0; i < 4; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	CHECK(taken == 300);
	return check_status();
}
