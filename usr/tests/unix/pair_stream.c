#include "tests.h"
#include <sys/socket.h>

/* socketpair(AF_UNIX, SOCK_STREAM): bytes go both ways without message boundaries. */
int main(void)
{
	int s[2];
	char buffer[64];

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0);
	CHECK(write(s[0], "abc", 3) == 3);
	CHECK(write(s[0], "def", 3) == 3);
	CHECK(read(s[1], buffer, sizeof buffer) == 6 && memcmp(buffer, "abcdef", 6) == 0);
	CHECK(send(s[1], "back", 4, 0) == 4);
	CHECK(recv(s[0], buffer, 2, 0) == 2 && memcmp(buffer, "ba", 2) == 0);
	CHECK(recv(s[0], buffer, 64, 0) == 2 && memcmp(buffer, "ck", 2) == 0);
	CHECK(recv(s[0], buffer, 64, MSG_DONTWAIT) == -1 && errno == EAGAIN);
	CHECK(write(s[0], "", 0) == 0);
	CHECK(recv(s[1], buffer, 64, MSG_DONTWAIT) == -1 && errno == EAGAIN);
	close(s[0]);
	CHECK(read(s[1], buffer, sizeof buffer) == 0);
	return check_status();
}
