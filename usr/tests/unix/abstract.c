#include "tests.h"
#include <sys/socket.h>
#include <sys/un.h>

/* Abstract names: all bytes count, zero bytes too; a name is free again when its socket is closed; autobind. */
int main(void)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX}, b;
	socklen_t length = sizeof b;
	int n = 2 + 1 + sprintf(a.sun_path + 1, "lego-%d", getpid());
	int one = socket(AF_UNIX, SOCK_STREAM, 0), two = socket(AF_UNIX, SOCK_STREAM, 0), c = socket(AF_UNIX, SOCK_STREAM, 0);

	alarm(20);
	CHECK(bind(one, (void *)&a, n) == 0);
	CHECK(bind(two, (void *)&a, n) == -1 && errno == EADDRINUSE);
	CHECK(bind(two, (void *)&a, n + 1) == 0);
	CHECK(listen(one, 1) == 0);
	CHECK(connect(c, (void *)&a, n + 1) == -1 && errno == ECONNREFUSED);
	CHECK(connect(c, (void *)&a, n) == 0);
	CHECK(getsockname(one, (void *)&b, &length) == 0 && (int)length == n && memcmp(a.sun_path, b.sun_path, n - 2) == 0);
	close(one);
	close(c);
	one = socket(AF_UNIX, SOCK_STREAM, 0);
	CHECK(bind(one, (void *)&a, n) == 0);
	close(one);
	one = socket(AF_UNIX, SOCK_DGRAM, 0);
	CHECK(bind(one, (void *)&a, sizeof(sa_family_t)) == 0);
	length = sizeof b;
	CHECK(getsockname(one, (void *)&b, &length) == 0 && length == 2 + 6 && b.sun_path[0] == 0);
	return check_status();
}
