#include "tests.h"
#include <sys/epoll.h>

/* epoll, level-triggered: events come as long as they hold; add, modify, delete and their errnos. */
int main(void)
{
	int ep = epoll_create1(EPOLL_CLOEXEC), p[2], file;
	struct epoll_event e = {.events = EPOLLIN, .data.u64 = 0x1122334455667788}, out[4];
	char c;

	alarm(20);
	enter_scratch("poll-epoll_level");
	CHECK(ep >= 0 && fcntl(ep, F_GETFD) == FD_CLOEXEC);
	CHECK(pipe(p) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &e) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &e) == -1 && errno == EEXIST);
	CHECK(epoll_wait(ep, out, 4, 0) == 0);
	CHECK(write(p[1], "ab", 2) == 2);
	CHECK(epoll_wait(ep, out, 4, -1) == 1 && out[0].events == EPOLLIN && out[0].data.u64 == 0x1122334455667788);
	CHECK(epoll_wait(ep, out, 4, 0) == 1);
	CHECK(read(p[0], &c, 1) == 1 && epoll_wait(ep, out, 4, 0) == 1);
	CHECK(read(p[0], &c, 1) == 1 && epoll_wait(ep, out, 4, 0) == 0);
	e.events = EPOLLOUT;
	e.data.u32 = 7;
	CHECK(epoll_ctl(ep, EPOLL_CTL_MOD, p[1], &e) == -1 && errno == ENOENT);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[1], &e) == 0);
	CHECK(epoll_wait(ep, out, 4, 0) == 1 && out[0].events == EPOLLOUT && out[0].data.u32 == 7);
	e.events = 0;
	CHECK(epoll_ctl(ep, EPOLL_CTL_MOD, p[1], &e) == 0 && epoll_wait(ep, out, 4, 0) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_DEL, p[1], NULL) == 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_DEL, p[1], NULL) == -1 && errno == ENOENT);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, 999, &e) == -1 && errno == EBADF);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, ep, &e) == -1 && errno == EINVAL);
	CHECK(epoll_ctl(p[0], EPOLL_CTL_ADD, p[1], &e) == -1 && errno == EINVAL);
	CHECK(epoll_ctl(ep, 77, p[0], &e) == -1 && errno == EINVAL);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[1], (struct epoll_event *)nowhere) == -1 && errno == EFAULT);
	file = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, file, &e) == -1 && errno == EPERM);
	CHECK(epoll_wait(ep, out, 0, 0) == -1 && errno == EINVAL);
	CHECK(epoll_wait(p[0], out, 1, 0) == -1 && errno == EINVAL);
	CHECK(epoll_create(0) == -1 && errno == EINVAL);
	CHECK(epoll_create1(1) == -1 && errno == EINVAL);
	return check_status();
}
