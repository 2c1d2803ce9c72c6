#include "rights.h"

/* SCM_RIGHTS: a descriptor travels, also when the sender closes its own; MSG_CMSG_CLOEXEC; a small buffer cuts. */
int main(void)
{
	int s[2], p[2], got[4], flags, bad[2] = {0, 999};
	char buffer[8];

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0 && pipe(p) == 0);
	CHECK(send_fds(s[0], p, 2) == 1);
	close(p[0]);
	close(p[1]);
	CHECK(receive_fds(s[1], got, CMSG_SPACE(2 * sizeof(int)), MSG_CMSG_CLOEXEC, &flags) == 2 && !(flags & MSG_CTRUNC));
	CHECK(fcntl(got[0], F_GETFD) == FD_CLOEXEC);
	CHECK(write(got[1], "thru", 4) == 4 && read(got[0], buffer, 8) == 4);
	CHECK(send_fds(s[0], got, 2) == 1);
	CHECK(receive_fds(s[1], bad, CMSG_LEN(sizeof(int)), 0, &flags) == 1 && (flags & MSG_CTRUNC));
	CHECK(fcntl(bad[0], F_GETFD) == 0);
	close(bad[0]);
	bad[1] = 999;
	CHECK(send_fds(s[0], bad, 2) == -1 && errno == EBADF);
	CHECK(send_fds(s[0], got, 1) == 1);
	CHECK(recv(s[1], buffer, 1, 0) == 1);
	close(got[1]);
	CHECK(read(got[0], buffer, 8) == 0);
	return check_status();
}
