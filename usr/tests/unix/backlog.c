#include "tests.h"
#include <sys/socket.h>
#include <sys/un.h>

/* A full backlog gives EAGAIN to a non-blocking connect; accept makes room; closing the listener resets who waits. */
int main(void)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int n = 2 + 1 + sprintf(a.sun_path + 1, "lego-backlog-%d", getpid());
	int l = socket(AF_UNIX, SOCK_STREAM, 0), c[4], i, s;
	char byte;

	alarm(20);
	CHECK(bind(l, (void *)&a, n) == 0 && listen(l, 1) == 0);
	CHECK(fcntl(l, F_SETFL, O_NONBLOCK) == 0);
	CHECK(accept(l, NULL, NULL) == -1 && errno == EAGAIN);
	for (i = 0; i < 4; i++)
		c[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	CHECK(connect(c[0], (void *)&a, n) == 0);
	CHECK(connect(c[1], (void *)&a, n) == 0);
	CHECK(connect(c[2], (void *)&a, n) == -1 && errno == EAGAIN);
	CHECK((s = accept4(l, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0);
	CHECK(fcntl(s, F_GETFD) == FD_CLOEXEC && (fcntl(s, F_GETFL) & O_NONBLOCK));
	CHECK(connect(c[2], (void *)&a, n) == 0);
	close(l);
	CHECK(read(c[1], &byte, 1) == -1 && errno == ECONNRESET);
	CHECK(connect(c[3], (void *)&a, n) == -1 && errno == ECONNREFUSED);
	return check_status();
}
