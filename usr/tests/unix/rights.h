/* Descriptors in messages. Source: cmsg(3), unix(7). */
#ifndef LEGOOS_TESTS_RIGHTS_H
#define LEGOOS_TESTS_RIGHTS_H

#include "tests.h"

#include <sys/socket.h>

#define FDS_MAX 4

/* Sends one byte and up to FDS_MAX descriptors; as sendmsg. */
static inline int send_fds(int socket, const int *fds, int count)
{
	char control[CMSG_SPACE(FDS_MAX * sizeof(int))] = {0};
	struct iovec iov = {"d", 1};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(count * sizeof(int))};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(count * sizeof(int));
	memcpy(CMSG_DATA(c), fds, count * sizeof(int));
	return sendmsg(socket, &m, 0);
}

static inline int send_fd(int socket, int fd)
{
	return send_fds(socket, &fd, 1);
}

/* How many descriptors came with a byte, in room for so many bytes of control messages; -1 when no byte came. */
static inline int receive_fds(int socket, int *fds, int room, int flags, int *flags_out)
{
	char control[CMSG_SPACE(FDS_MAX * sizeof(int))] = {0};
	char byte;
	struct iovec iov = {&byte, 1};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = room};
	struct cmsghdr *c;
	int count = 0;

	if (recvmsg(socket, &m, flags) != 1)
		return -1;
	*flags_out = m.msg_flags;
	for (c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) {
			count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
			memcpy(fds, CMSG_DATA(c), count * sizeof(int));
		}
	return count;
}

#endif
