/* Urgent data: one byte beside the stream, and the mark where it was. */
#include "inet.h"

int main(void)
{
	int fds[2];
	char data[16];

	alarm(20);
	tcp_pair(fds);
	CHECK(recv(fds[1], data, 1, MSG_OOB) == -1 && errno == EINVAL);
	CHECK(send(fds[0], "abc", 3, 0) == 3 && send(fds[0], "!", 1, MSG_OOB) == 1 && send(fds[0], "def", 3, 0) == 3);
	CHECK(events_of(fds[1], POLLPRI, 10000) == POLLPRI);
	CHECK(recv(fds[1], data, 1, MSG_OOB) == 1 && data[0] == '!');
	CHECK(sockatmark(fds[1]) == 0);
	CHECK(read(fds[1], data, sizeof(data)) == 3 && memcmp(data, "abc", 3) == 0);
	CHECK(sockatmark(fds[1]) == 1);
	CHECK(recv(fds[1], data, 3, MSG_WAITALL) == 3 && memcmp(data, "def", 3) == 0);
	CHECK(recv(fds[1], data, 1, MSG_OOB) == -1 && errno == EINVAL);
	return check_status();
}
