/* writev(2), readv(2), sendmsg(2) and recvmsg(2) on a connection. */
#include "inet.h"
#include <sys/uio.h>

int main(void)
{
	int fds[2];
	char first[3], second[5];
	struct iovec out[3] = {{"ab", 2}, {"", 0}, {"cdef", 4}}, in[2] = {{first, 3}, {second, 3}};
	struct msghdr message = {.msg_iov = out, .msg_iovlen = 3}, back = {.msg_iov = in, .msg_iovlen = 2};
	struct sockaddr_in name;

	alarm(20);
	tcp_pair(fds);
	CHECK(writev(fds[0], out, 3) == 6);
	CHECK(recv(fds[1], second, 5, MSG_PEEK | MSG_WAITALL) == 5);
	CHECK(readv(fds[1], in, 2) == 6 && memcmp(first, "abc", 3) == 0 && memcmp(second, "def", 3) == 0);
	CHECK(sendmsg(fds[0], &message, 0) == 6);
	back.msg_name = &name;
	back.msg_namelen = sizeof(name);
	CHECK(recvmsg(fds[1], &back, MSG_WAITALL) == 6 && back.msg_namelen == 0 && back.msg_flags == 0);
	message.msg_iovlen = 2000;
	CHECK(sendmsg(fds[0], &message, 0) == -1 && errno == EMSGSIZE);
	return check_status();
}
