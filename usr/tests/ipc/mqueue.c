#include "tests.h"
#include <mqueue.h>
#include <poll.h>

/* POSIX message queues: priorities, limits, time-outs, notification, attributes, poll. */
static volatile int notified, value;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	notified++;
	value = info->si_value.sival_int;
}

int main(void)
{
	struct mq_attr attr = {.mq_maxmsg = 3, .mq_msgsize = 16}, got, set = {.mq_flags = O_NONBLOCK};
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 42};
	struct timespec past = {1, 0};
	struct pollfd p;
	char name[64], buffer[16];
	unsigned priority;
	mqd_t q, other;

	alarm(20);
	sprintf(name, "/lego-mq-%d", getpid());
	CHECK(mq_open(name, O_RDWR) == -1 && errno == ENOENT);
	CHECK((q = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attr)) != -1);
	CHECK(mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attr) == -1 && errno == EEXIST);
	p = (struct pollfd){q, POLLIN | POLLOUT, 0};
	CHECK(poll(&p, 1, 0) == 1 && p.revents == POLLOUT);
	CHECK(mq_send(q, "low", 3, 1) == 0 && mq_send(q, "high", 4, 9) == 0 && mq_send(q, "low2", 4, 1) == 0);
	CHECK(poll(&p, 1, 0) == 1 && p.revents == POLLIN);
	CHECK(mq_timedsend(q, "x", 1, 0, &past) == -1 && errno == ETIMEDOUT);
	CHECK(mq_send(q, "this is far too long", 20, 0) == -1 && errno == EMSGSIZE);
	CHECK(mq_send(q, "x", 1, 40000) == -1 && errno == EINVAL);
	CHECK(mq_receive(q, buffer, 4, NULL) == -1 && errno == EMSGSIZE);
	CHECK(mq_getattr(q, &got) == 0 && got.mq_maxmsg == 3 && got.mq_msgsize == 16 && got.mq_curmsgs == 3 && got.mq_flags == 0);
	CHECK(mq_receive(q, buffer, 16, &priority) == 4 && priority == 9 && memcmp(buffer, "high", 4) == 0);
	CHECK(mq_receive(q, buffer, 16, &priority) == 3 && priority == 1 && memcmp(buffer, "low", 3) == 0);
	CHECK(mq_receive(q, buffer, 16, NULL) == 4);
	CHECK(mq_timedreceive(q, buffer, 16, NULL, &past) == -1 && errno == ETIMEDOUT);
	CHECK(mq_setattr(q, &set, &got) == 0 && got.mq_flags == 0);
	CHECK(mq_receive(q, buffer, 16, NULL) == -1 && errno == EAGAIN);
	sigaction(SIGUSR1, &action, NULL);
	CHECK(mq_notify(q, &event) == 0);
	CHECK(mq_notify(q, &event) == -1 && errno == EBUSY);
	CHECK(mq_send(q, "n", 1, 0) == 0 && notified == 1 && value == 42);
	CHECK(mq_send(q, "n", 1, 0) == 0 && notified == 1);
	CHECK((other = mq_open(name, O_RDONLY)) != -1);
	CHECK(mq_send(other, "x", 1, 0) == -1 && errno == EBADF);
	CHECK(mq_unlink(name) == 0 && mq_unlink(name) == -1 && errno == ENOENT);
	CHECK(mq_receive(other, buffer, 16, NULL) == 1);
	CHECK(mq_close(q) == 0 && mq_close(other) == 0);
	return check_status();
}
