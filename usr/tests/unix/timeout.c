#include "tests.h"
#include <sys/socket.h>

/* SO_RCVTIMEO and SO_SNDTIMEO end a blocking call with EAGAIN. */
int main(void)
{
	int s[2];
	struct timeval tv = {0, 20000};
	static char much[65536];
	char byte;
	ssize_t done = 0, n;

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0);
	CHECK(setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv) == 0);
	CHECK(setsockopt(s[0], SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof tv) == 0);
	CHECK(recv(s[0], &byte, 1, 0) == -1 && errno == EAGAIN);
	CHECK(read(s[0], &byte, 1) == -1 && errno == EAGAIN);
	while ((n = send(s[0], much, sizeof much, 0)) > 0)
		done += n;
	CHECK(n == -1 && errno == EAGAIN && done >= 4096);
	return check_status();
}
