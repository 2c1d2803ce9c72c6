#include "tests.h"
#include <sys/socket.h>

/* A child gets an open file from its parent, also one that was opened after the fork, and both share its position. */
static int s[2];

static int child(void *unused)
{
	char control[CMSG_SPACE(sizeof(int))], byte;
	struct iovec iov = {&byte, 1};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
	int fd;

	(void)unused;
	alarm(20);
	if (recvmsg(s[1], &m, 0) != 1 || CMSG_FIRSTHDR(&m) == NULL)
		return 1;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
	return write(fd, "child", 5) == 5 ? 0 : 2;
}

int main(void)
{
	char control[CMSG_SPACE(sizeof(int))] = {0}, buffer[16];
	struct iovec iov = {"f", 1};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	pid_t pid;
	int fd;

	alarm(20);
	enter_scratch("unix-rights_processes");
	CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s) == 0);
	pid = start_child(child, NULL);
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(write(fd, "parent ", 7) == 7);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(c), &fd, sizeof fd);
	CHECK(sendmsg(s[0], &m, 0) == 1);
	CHECK(wait_for(pid) == 0);
	CHECK(lseek(fd, 0, SEEK_CUR) == 12);
	CHECK(pread(fd, buffer, 16, 0) == 12 && memcmp(buffer, "parent child", 12) == 0);
	return check_status();
}
