#include "tests.h"
#include <sys/socket.h>

/* getsockopt(2), setsockopt(2) of SOL_SOCKET. */
static int get(int s, int name)
{
	int value = -1;
	socklen_t length = sizeof value;

	return getsockopt(s, SOL_SOCKET, name, &value, &length) == 0 && length == sizeof value ? value : -1;
}

int main(void)
{
	int s = socket(AF_UNIX, SOCK_STREAM, 0), on = 1, size = 8192, tiny = 1;
	struct timeval tv = {3, 250000}, back = {0, 0};
	struct linger linger = {1, 7}, was;
	socklen_t length = sizeof back;
	char byte;

	CHECK(get(s, SO_TYPE) == SOCK_STREAM);
	CHECK(get(s, SO_DOMAIN) == AF_UNIX);
	CHECK(get(s, SO_PROTOCOL) == 0);
	CHECK(get(s, SO_ERROR) == 0);
	CHECK(get(s, SO_ACCEPTCONN) == 0);
	CHECK(get(s, SO_REUSEADDR) == 0);
	CHECK(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 && get(s, SO_REUSEADDR) == 1);
	CHECK(setsockopt(s, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) == 0 && get(s, SO_SNDBUF) == 16384);
	CHECK(setsockopt(s, SOL_SOCKET, SO_RCVBUF, &size, sizeof size) == 0 && get(s, SO_RCVBUF) == 16384);
	CHECK(setsockopt(s, SOL_SOCKET, SO_SNDBUF, &tiny, sizeof tiny) == 0 && get(s, SO_SNDBUF) == 4608);
	CHECK(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv) == 0);
	CHECK(getsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &back, &length) == 0 && back.tv_sec == 3 && back.tv_usec >= 248000);
	CHECK(setsockopt(s, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) == 0);
	length = sizeof was;
	CHECK(getsockopt(s, SOL_SOCKET, SO_LINGER, &was, &length) == 0 && was.l_onoff == 1 && was.l_linger == 7);
	length = 1;
	CHECK(getsockopt(s, SOL_SOCKET, SO_TYPE, &byte, &length) == 0 && length == 1 && byte == SOCK_STREAM);
	tv.tv_usec = 1000000;
	CHECK(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv) == -1 && errno == EDOM);
	return check_status();
}
