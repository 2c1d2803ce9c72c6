/* FIONREAD of a stream is what can be read; of datagrams the next one. */
#include "inet.h"
#include <linux/sockios.h>

int main(void)
{
	int fds[2], count = -1, receiver = bound4(SOCK_DGRAM), sender = socket(AF_INET, SOCK_DGRAM, 0);
	char data[16];

	alarm(20);
	tcp_pair(fds);
	CHECK(ioctl(fds[1], FIONREAD, &count) == 0 && count == 0);
	CHECK(write(fds[0], "hello", 5) == 5 && write(fds[0], "you", 3) == 3);
	CHECK(recv(fds[1], data, 8, MSG_PEEK | MSG_WAITALL) == 8);
	CHECK(ioctl(fds[1], FIONREAD, &count) == 0 && count == 8);
	CHECK(read(fds[1], data, 3) == 3 && ioctl(fds[1], SIOCINQ, &count) == 0 && count == 5);
	CHECK(connect4(sender, port_of(receiver)) == 0);
	CHECK(send(sender, "four", 4, 0) == 4 && send(sender, "sixsix", 6, 0) == 6);
	CHECK(events_of(receiver, POLLIN, 10000) == POLLIN);
	CHECK(ioctl(receiver, FIONREAD, &count) == 0 && count == 4);
	return check_status();
}
