/* RLIMIT_MSGQUEUE: what all queues of the user may take together; a queue gives back what it took when it is gone. */
#include "tests.h"

#include <mqueue.h>
#include <sys/resource.h>

int main(void)
{
	struct mq_attr attr = {.mq_maxmsg = 10, .mq_msgsize = 1024};
	struct rlimit limit;
	char one[64], two[64];
	mqd_t q, other;

	if (geteuid() == 0) { /* a user of its own: others of this one may have queues */
		if (setgid(60000) != 0 || setuid(20000 + getpid()) != 0)
			return 1;
	}
	sprintf(one, "/lego-mql1-%d", getpid());
	sprintf(two, "/lego-mql2-%d", getpid());
	CHECK(getrlimit(RLIMIT_MSGQUEUE, &limit) == 0);
	limit.rlim_cur = 10 * 1024; /* its messages alone, and nothing for the kernel's own part */
	CHECK(setrlimit(RLIMIT_MSGQUEUE, &limit) == 0);
	CHECK(mq_open(one, O_RDWR | O_CREAT | O_EXCL, 0600, &attr) == -1 && errno == EMFILE);
	limit.rlim_cur = 10 * 1024 + 4096;
	CHECK(setrlimit(RLIMIT_MSGQUEUE, &limit) == 0);
	CHECK((q = mq_open(one, O_RDWR | O_CREAT | O_EXCL, 0600, &attr)) != -1);
	CHECK(mq_open(two, O_RDWR | O_CREAT | O_EXCL, 0600, &attr) == -1 && errno == EMFILE);
	CHECK(mq_unlink(one) == 0);
	CHECK(mq_open(two, O_RDWR | O_CREAT | O_EXCL, 0600, &attr) == -1 && errno == EMFILE); /* it is still open */
	CHECK(mq_close(q) == 0);
	CHECK((other = mq_open(two, O_RDWR | O_CREAT | O_EXCL, 0600, &attr)) != -1);
	CHECK(mq_close(other) == 0 && mq_unlink(two) == 0);
	return check_status();
}
