#include "tests.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>

/* signalfd: blocked signals are read as records, in order, with their values. */
int main(void)
{
	sigset_t mask;
	struct signalfd_siginfo info[3];
	struct pollfd f;
	struct epoll_event e = {.events = EPOLLIN}, out;
	union sigval value = {.sival_int = 4711};
	int fd, ep = epoll_create1(0);

	alarm(20);
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	sigaddset(&mask, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	CHECK((fd = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC)) >= 0);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e) == 0);
	f = (struct pollfd){fd, POLLIN, 0};
	CHECK(poll(&f, 1, 0) == 0 && read(fd, info, sizeof info) == -1 && errno == EAGAIN);
	CHECK(epoll_wait(ep, &out, 1, 0) == 0);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(sigqueue(getpid(), SIGRTMIN, value) == 0);
	CHECK(poll(&f, 1, 0) == 1 && f.revents == POLLIN);
	CHECK(epoll_wait(ep, &out, 1, -1) == 1);
	CHECK(read(fd, info, 100) == -1 && errno == EINVAL);
	CHECK(read(fd, info, sizeof info) == 2 * sizeof info[0]);
	CHECK(info[0].ssi_signo == SIGUSR1 && info[0].ssi_code == SI_USER && (int)info[0].ssi_pid == getpid());
	CHECK(info[1].ssi_signo == (unsigned)SIGRTMIN && info[1].ssi_code == SI_QUEUE && info[1].ssi_int == 4711);
	CHECK(poll(&f, 1, 0) == 0);
	sigdelset(&mask, SIGUSR1);
	CHECK(signalfd(fd, &mask, 0) == fd);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(read(fd, info, sizeof info) == -1 && errno == EAGAIN);
	CHECK(signalfd(0, &mask, 0) == -1 && errno == EINVAL);
	CHECK(signalfd(-1, &mask, 1) == -1 && errno == EINVAL);
	return check_status();
}
