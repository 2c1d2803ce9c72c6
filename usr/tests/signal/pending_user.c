/* RLIMIT_SIGPENDING counts what is queued for all processes of a user; what a process leaves is given back. */
#include "tests.h"

#include <sys/resource.h>

static int ready[2], gate[2];

static int holder(void *unused)
{
	sigset_t set;
	union sigval value = {0};
	char c = 1;
	int i;

	(void)unused;
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (i = 0; i < 100; i++)
		if (sigqueue(getpid(), SIGRTMIN, value) != 0)
			return 1;
	return write(ready[1], &c, 1) == 1 && read(gate[0], &c, 1) == 0 ? 0 : 2;
}

static int room(int most)
{
	union sigval value = {0};
	int n = 0;

	while (n < most && sigqueue(getpid(), SIGRTMIN, value) == 0)
		n++;
	return n;
}

int main(void)
{
	struct rlimit limit;
	struct timespec now = {0, 0};
	sigset_t set;
	pid_t child;
	char c;
	int before, during, after;

	if (geteuid() == 0) { /* a user of its own: others of this one have signals */
		if (setgid(60000) != 0 || setuid(20000 + getpid()) != 0)
			return 1;
	}
	alarm(20);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK(getrlimit(RLIMIT_SIGPENDING, &limit) == 0);
	limit.rlim_cur = 300;
	CHECK(setrlimit(RLIMIT_SIGPENDING, &limit) == 0);
	before = room(1000);
	CHECK(before > 150 && before <= 300 && errno == EAGAIN);
	while (sigtimedwait(&set, NULL, &now) > 0)
		;
	CHECK(pipe(ready) == 0 && pipe(gate) == 0);
	child = fork();
	if (child == 0) {
		close(gate[1]);
		_exit(holder(NULL));
	}
	CHECK(read(ready[0], &c, 1) == 1);
	during = room(1000);
	CHECK(during <= 200 && during > 50);
	while (sigtimedwait(&set, NULL, &now) > 0)
		;
	close(gate[1]);
	CHECK(wait_for(child) == 0);
	after = room(1000);
	CHECK(after > during + 50);
	return check_status();
}
