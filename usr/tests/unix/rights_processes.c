#include "rights.h"

/* A child gets an open file from its parent, also one that was opened after the fork, and both share its position. */
static int s[2];

static int child(void *unused)
{
	int fd, flags;

	(void)unused;
	alarm(20);
	if (receive_fds(s[1], &fd, CMSG_SPACE(sizeof fd), 0, &flags) != 1)
		return 1;
	return write(fd, "child", 5) == 5 ? 0 : 2;
}

int main(void)
{
	char buffer[16];
	pid_t pid;
	int fd;

	alarm(20);
	enter_scratch("unix-rights_processes");
	CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s) == 0);
	pid = start_child(child, NULL);
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(write(fd, "parent ", 7) == 7);
	CHECK(send_fd(s[0], fd) == 1);
	CHECK(wait_for(pid) == 0);
	CHECK(lseek(fd, 0, SEEK_CUR) == 12);
	CHECK(pread(fd, buffer, 16, 0) == 12 && memcmp(buffer, "parent child", 12) == 0);
	return check_status();
}
