/* SIGPIPE of writing to a pipe without reader; EPIPE when it is ignored. */
#include "tests.h"

static volatile int seen;

static void handler(int sig)
{
	seen = sig;
}

static int write_it(void *arg)
{
	int *fds = arg;

	signal(SIGPIPE, SIG_DFL);
	return write(fds[1], "x", 1) == 1 ? 0 : 9;
}

int main(void)
{
	int fds[2];

	alarm(20);
	CHECK(pipe(fds) == 0);
	close(fds[0]);
	CHECK(wait_for(start_child(write_it, fds)) == 128 + SIGPIPE);
	signal(SIGPIPE, SIG_IGN);
	CHECK(write(fds[1], "x", 1) == -1 && errno == EPIPE);
	signal(SIGPIPE, handler);
	CHECK(write(fds[1], "x", 1) == -1 && errno == EPIPE && seen == SIGPIPE);
	return check_status();
}
