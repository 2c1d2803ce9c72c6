#include "rights.h"

/* Sockets sent to themselves and to each other and then closed are not kept for ever: many rounds do no harm. */
int main(void)
{
	int s[2], p[2], i, good = 0;
	char byte;

	alarm(30);
	CHECK(pipe(p) == 0);
	for (i = 0; i < 300; i++) {
		if (socketpair(AF_UNIX, SOCK_STREAM, 0, s) != 0)
			break;
		good += send_fd(s[0], s[0]) == 1 && send_fd(s[0], s[1]) == 1 && send_fd(s[1], s[0]) == 1 && send_fd(s[0], p[1]) == 1;
		close(s[0]);
		close(s[1]);
	}
	CHECK(i == 300 && good == 300);
	close(p[1]);
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	close(s[0]);
	close(s[1]);
	CHECK(read(p[0], &byte, 1) == 0);
	return check_status();
}
