#include "tests.h"

/* A write without reader: SIGPIPE, and EPIPE when that is ignored or handled. */
static volatile int handled;

static void handler(int signal)
{
	handled = signal;
}

static int dies(void *unused)
{
	int p[2];

	(void)unused;
	signal(SIGPIPE, SIG_DFL);
	if (pipe(p) != 0)
		return 1;
	close(p[0]);
	write(p[1], "x", 1);
	return 2;
}

int main(void)
{
	int p[2];

	alarm(20);
	CHECK(pipe(p) == 0);
	close(p[0]);
	signal(SIGPIPE, handler);
	CHECK(write(p[1], "x", 1) == -1 && errno == EPIPE && handled == SIGPIPE);
	handled = 0;
	signal(SIGPIPE, SIG_IGN);
	CHECK(write(p[1], "x", 1) == -1 && errno == EPIPE && handled == 0);
	CHECK(wait_for(start_child(dies, NULL)) == 128 + SIGPIPE);
	return check_status();
}
