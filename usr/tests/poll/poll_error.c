#include "tests.h"
#include <poll.h>

/* The write end of a pipe without reader: POLLERR, asked for or not. */
int main(void)
{
	int p[2];
	struct pollfd f;

	alarm(20);
	CHECK(pipe(p) == 0);
	close(p[0]);
	f = (struct pollfd){p[1], 0, 0};
	CHECK(poll(&f, 1, 0) == 1 && f.revents == POLLERR);
	f.events = POLLOUT;
	CHECK(poll(&f, 1, 0) == 1 && f.revents == (POLLOUT | POLLERR));
	return check_status();
}
