#include "tests.h"
#include <poll.h>
#include <sys/eventfd.h>

/* eventfd(2): counting, semaphore mode, limits, non-blocking, readiness. */
int main(void)
{
	int e = eventfd(3, EFD_NONBLOCK | EFD_CLOEXEC), s = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
	uint64_t value, bad = -1ULL, most = -2ULL;
	struct pollfd f = {e, POLLIN | POLLOUT, 0};

	alarm(20);
	CHECK(fcntl(e, F_GETFD) == FD_CLOEXEC);
	CHECK(poll(&f, 1, 0) == 1 && f.revents == (POLLIN | POLLOUT));
	CHECK(read(e, &value, 8) == 8 && value == 3);
	CHECK(read(e, &value, 8) == -1 && errno == EAGAIN);
	CHECK(poll(&f, 1, 0) == 1 && f.revents == POLLOUT);
	CHECK(write(e, &most, 8) == 8);
	CHECK(poll(&f, 1, 0) == 1 && f.revents == POLLIN);
	value = 1;
	CHECK(write(e, &value, 8) == -1 && errno == EAGAIN);
	CHECK(write(e, &bad, 8) == -1 && errno == EINVAL);
	CHECK(write(e, &value, 4) == -1 && errno == EINVAL);
	CHECK(read(e, &value, 7) == -1 && errno == EINVAL);
	CHECK(read(s, &value, 8) == 8 && value == 1);
	CHECK(read(s, &value, 8) == 8 && value == 1);
	CHECK(read(s, &value, 8) == -1 && errno == EAGAIN);
	CHECK(eventfd(0, 0x40) == -1 && errno == EINVAL);
	return check_status();
}
