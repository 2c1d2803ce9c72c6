#include "tests.h"
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <linux/sockios.h>

/* MSG_PEEK leaves the data, MSG_WAITALL collects it, SIOCINQ and SIOCOUTQ count it. */
static int writer(void *argument)
{
	int fd = *(int *)argument;

	return write(fd, "456", 3) != 3 || write(fd, "789", 3) != 3;
}

int main(void)
{
	int s[2], n = -1;
	char buffer[16];
	pid_t child;

	alarm(20);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0);
	CHECK(write(s[0], "123", 3) == 3);
	CHECK(ioctl(s[1], SIOCINQ, &n) == 0 && n == 3);
	CHECK(ioctl(s[0], SIOCOUTQ, &n) == 0 && n > 0);
	CHECK(recv(s[1], buffer, 2, MSG_PEEK) == 2 && memcmp(buffer, "12", 2) == 0);
	CHECK(recv(s[1], buffer, 16, MSG_PEEK) == 3 && memcmp(buffer, "123", 3) == 0);
	child = start_child(writer, &s[0]);
	CHECK(recv(s[1], buffer, 9, MSG_WAITALL) == 9 && memcmp(buffer, "123456789", 9) == 0);
	CHECK(wait_for(child) == 0);
	CHECK(write(s[0], "end", 3) == 3);
	close(s[0]);
	CHECK(recv(s[1], buffer, 9, MSG_WAITALL) == 3);
	return check_status();
}
