#include "tests.h"
#include <poll.h>

/* poll(2): what is ready, POLLNVAL, negative descriptors, time-outs. */
int main(void)
{
	int p[2];
	struct pollfd f[4];

	alarm(20);
	CHECK(pipe(p) == 0);
	f[0] = (struct pollfd){p[0], POLLIN, 0x7f};
	f[1] = (struct pollfd){p[1], POLLOUT, 0};
	f[2] = (struct pollfd){-1, POLLIN, 0x7f};
	f[3] = (struct pollfd){999, POLLIN, 0};
	CHECK(poll(f, 4, 0) == 2);
	CHECK(f[0].revents == 0 && f[1].revents == POLLOUT && f[2].revents == 0 && f[3].revents == POLLNVAL);
	CHECK(write(p[1], "x", 1) == 1);
	CHECK(poll(f, 1, -1) == 1 && f[0].revents == POLLIN);
	f[0].events = 0;
	CHECK(poll(f, 1, 0) == 0);
	f[0].events = POLLIN | POLLRDNORM;
	CHECK(poll(f, 1, 0) == 1 && f[0].revents == (POLLIN | POLLRDNORM));
	close(p[1]);
	CHECK(poll(f, 1, 0) == 1 && f[0].revents == (POLLIN | POLLRDNORM | POLLHUP));
	CHECK(poll(NULL, 0, 10) == 0);
	CHECK(poll((struct pollfd *)nowhere, 1, 0) == -1 && errno == EFAULT);
	CHECK(poll(f, -1, 0) == -1 && errno == EINVAL);
	return check_status();
}
