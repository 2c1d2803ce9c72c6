#include "tests.h"
#include <sys/socket.h>
#include <sys/un.h>

/* The errnos of socket calls with arguments that make no sense. */
int main(void)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX, .sun_path = "x"};
	struct sockaddr other = {.sa_family = AF_INET};
	int s = socket(AF_UNIX, SOCK_STREAM, 0), d = socket(AF_UNIX, SOCK_DGRAM, 0), p[2], sv[2], value;
	socklen_t length;
	char byte;

	alarm(20);
	enter_scratch("unix-errors");
	unlink("x");
	CHECK(socket(-1, SOCK_STREAM, 0) == -1 && errno == EAFNOSUPPORT);
	CHECK(socket(999, SOCK_STREAM, 0) == -1 && errno == EAFNOSUPPORT);
	CHECK(socket(AF_UNIX, 14, 0) == -1 && errno == EINVAL);
	CHECK(socket(AF_UNIX, SOCK_RDM, 0) == -1 && errno == ESOCKTNOSUPPORT);
	CHECK(socket(AF_UNIX, SOCK_STREAM | 0x100, 0) == -1 && errno == EINVAL);
	CHECK(socket(AF_UNIX, SOCK_STREAM, 77) == -1 && errno == EPROTONOSUPPORT);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, (int *)nowhere) == -1 && errno == EFAULT);
	CHECK(pipe(p) == 0);
	CHECK(send(p[1], "x", 1, 0) == -1 && errno == ENOTSOCK);
	CHECK(listen(p[0], 1) == -1 && errno == ENOTSOCK);
	CHECK(send(999, "x", 1, 0) == -1 && errno == EBADF);
	CHECK(bind(s, &other, sizeof other) == -1 && errno == EINVAL);
	CHECK(bind(s, (void *)&a, 200) == -1 && errno == EINVAL);
	CHECK(bind(s, (void *)&a, 1) == -1 && errno == EINVAL);
	CHECK(bind(s, nowhere, sizeof a) == -1 && errno == EFAULT);
	CHECK(listen(s, 1) == -1 && errno == EINVAL);
	CHECK(listen(d, 1) == -1 && errno == EOPNOTSUPP);
	CHECK(accept(d, NULL, NULL) == -1 && errno == EOPNOTSUPP);
	CHECK(accept(s, NULL, NULL) == -1 && errno == EINVAL);
	CHECK(send(s, "x", 1, MSG_NOSIGNAL) == -1 && errno == ENOTCONN);
	CHECK(recv(s, &byte, 1, MSG_DONTWAIT) == -1 && errno == EINVAL);
	CHECK(bind(d, (void *)&a, sizeof a) == 0);
	CHECK(connect(s, (void *)&a, sizeof a) == -1 && errno == EPROTOTYPE);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, sv) == 0);
	CHECK(sendto(sv[0], "x", 1, 0, (void *)&a, sizeof a) == -1 && errno == EISCONN);
	CHECK(send(sv[0], nowhere, 4, 0) == -1 && errno == EFAULT);
	CHECK(lseek(s, 0, SEEK_CUR) == -1 && errno == ESPIPE);
	length = sizeof value;
	CHECK(getsockopt(s, SOL_SOCKET, 9999, &value, &length) == -1 && errno == ENOPROTOOPT);
	CHECK(setsockopt(s, SOL_SOCKET, SO_SNDBUF, &value, 1) == -1 && errno == EINVAL);
	return check_status();
}
