#include "tests.h"
#include <sys/socket.h>

/* SO_PASSCRED gives SCM_CREDENTIALS with every message; SO_PEERCRED tells who made the pair. */
int main(void)
{
	int s[2], on = 1;
	char control[CMSG_SPACE(sizeof(struct ucred))], byte;
	struct iovec iov = {&byte, 1};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
	struct ucred who = {0, 0, 0};
	socklen_t length = sizeof who;
	struct cmsghdr *c;

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, s) == 0);
	CHECK(getsockopt(s[0], SOL_SOCKET, SO_PEERCRED, &who, &length) == 0 && length == sizeof who);
	CHECK(who.pid == getpid() && who.uid == geteuid() && who.gid == getegid());
	CHECK(setsockopt(s[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on) == 0);
	CHECK(send(s[0], "x", 1, 0) == 1);
	CHECK(recvmsg(s[1], &m, 0) == 1);
	c = CMSG_FIRSTHDR(&m);
	CHECK(c && c->cmsg_type == SCM_CREDENTIALS && c->cmsg_len == CMSG_LEN(sizeof who));
	memcpy(&who, CMSG_DATA(c), sizeof who);
	CHECK(who.pid == getpid() && who.uid == getuid() && who.gid == getgid());
	who.pid = getpid();
	m.msg_controllen = CMSG_SPACE(sizeof who);
	c->cmsg_level = SOL_SOCKET;
	memcpy(CMSG_DATA(c), &who, sizeof who);
	CHECK(sendmsg(s[0], &m, 0) == 1);
	if (geteuid() != 0) {
		who.uid = 12345;
		memcpy(CMSG_DATA(c), &who, sizeof who);
		CHECK(sendmsg(s[0], &m, 0) == -1 && errno == EPERM);
	}
	return check_status();
}
