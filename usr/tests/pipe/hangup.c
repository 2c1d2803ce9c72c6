#include "tests.h"

/* A blocked reader ends with 0 when the last writer goes, a blocked writer with EPIPE when the last reader goes. */
static int p[2], q[2];

static int closer(void *unused)
{
	char byte;

	(void)unused;
	close(p[1]);
	close(q[0]);
	return read(p[0], &byte, 1) == 0 ? 0 : 1;
}

int main(void)
{
	char byte;
	static char much[200000];
	ssize_t n;
	pid_t child;

	alarm(20);
	signal(SIGPIPE, SIG_IGN);
	CHECK(pipe(p) == 0 && pipe(q) == 0);
	child = start_child(closer, NULL);
	close(p[1]);
	close(q[0]);
	CHECK(read(p[0], &byte, 1) == 0);
	n = write(q[1], much, sizeof much);
	CHECK((n == -1 && errno == EPIPE) || (n > 0 && n < (ssize_t)sizeof much));
	CHECK(write(q[1], much, sizeof much) == -1 && errno == EPIPE);
	CHECK(wait_for(child) == 0);
	return check_status();
}
