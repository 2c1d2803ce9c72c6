#include "tests.h"
#include <poll.h>

/* ppoll(2) waits with another mask: a blocked signal that it lets in ends it with EINTR, and the mask is as before after it. */
static volatile int handled;

static void handler(int signal)
{
	(void)signal;
	handled++;
}

int main(void)
{
	sigset_t block, none, now;
	struct timespec zero = {0, 0}, some = {10, 0};
	struct pollfd f = {0, 0, 0};
	int p[2];

	alarm(20);
	CHECK(pipe(p) == 0);
	f.fd = p[0];
	f.events = POLLIN;
	signal(SIGUSR1, handler);
	sigemptyset(&none);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigprocmask(SIG_BLOCK, &block, NULL);
	raise(SIGUSR1);
	CHECK(ppoll(&f, 1, &zero, NULL) == 0 && handled == 0);
	CHECK(ppoll(&f, 1, &some, &none) == -1 && errno == EINTR && handled == 1);
	sigprocmask(SIG_SETMASK, NULL, &now);
	CHECK(sigismember(&now, SIGUSR1));
	raise(SIGUSR1);
	CHECK(write(p[1], "x", 1) == 1);
	CHECK(ppoll(&f, 1, &some, NULL) == 1 && handled == 1);
	return check_status();
}
