#include "tests.h"
#include <sys/socket.h>

/* sendmmsg(2), recvmmsg(2): several messages a call. */
int main(void)
{
	int s[2], i;
	char out[3][4] = {"one", "two", "six"}, in[4][8];
	struct iovec iov[4];
	struct mmsghdr m[4];
	struct timespec none = {0, 0};

	alarm(20);
	memset(m, 0, sizeof m);
	CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, s) == 0);
	for (i = 0; i < 3; i++) {
		iov[i] = (struct iovec){out[i], 3};
		m[i].msg_hdr.msg_iov = &iov[i];
		m[i].msg_hdr.msg_iovlen = 1;
	}
	CHECK(sendmmsg(s[0], m, 3, 0) == 3 && m[0].msg_len == 3 && m[2].msg_len == 3);
	memset(m, 0, sizeof m);
	for (i = 0; i < 4; i++) {
		iov[i] = (struct iovec){in[i], 8};
		m[i].msg_hdr.msg_iov = &iov[i];
		m[i].msg_hdr.msg_iovlen = 1;
	}
	CHECK(recvmmsg(s[1], m, 1, 0, NULL) == 1 && memcmp(in[0], "one", 3) == 0);
	CHECK(recvmmsg(s[1], m, 4, MSG_WAITFORONE, NULL) == 2);
	CHECK(memcmp(in[0], "two", 3) == 0 && memcmp(in[1], "six", 3) == 0 && m[1].msg_len == 3);
	CHECK(recvmmsg(s[1], m, 4, MSG_DONTWAIT, &none) == -1 && errno == EAGAIN);
	return check_status();
}
