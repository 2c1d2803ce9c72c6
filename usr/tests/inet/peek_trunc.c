/* MSG_PEEK leaves data; MSG_TRUNC tells a datagram's length; what does not fit is lost. */
#include "inet.h"

int main(void)
{
	int receiver = bound4(SOCK_DGRAM), sender = socket(AF_INET, SOCK_DGRAM, 0), fds[2];
	char data[32];
	struct iovec part = {data, 4};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	alarm(20);
	CHECK(connect4(sender, port_of(receiver)) == 0);
	CHECK(send(sender, "0123456789", 10, 0) == 10 && send(sender, "next", 4, 0) == 4);
	CHECK(recv(receiver, data, 4, MSG_PEEK) == 4 && recv(receiver, data, 4, MSG_PEEK | MSG_TRUNC) == 10);
	CHECK(recvmsg(receiver, &message, 0) == 4 && message.msg_flags == MSG_TRUNC);
	CHECK(recv(receiver, data, sizeof(data), 0) == 4 && memcmp(data, "next", 4) == 0);
	tcp_pair(fds);
	CHECK(write(fds[0], "stream", 6) == 6);
	CHECK(recv(fds[1], data, 6, MSG_PEEK | MSG_WAITALL) == 6 && recv(fds[1], data, 3, MSG_PEEK) == 3);
	CHECK(recv(fds[1], data, 6, MSG_WAITALL) == 6 && memcmp(data, "stream", 6) == 0);
	return check_status();
}
