#include "tests.h"
#include <sys/ioctl.h>

/* F_GETPIPE_SZ, F_SETPIPE_SZ, FIONREAD; a full pipe is EAGAIN, and EBUSY to shrink below what is in it. */
int main(void)
{
	int p[2], n = -1;
	static char block[65536];

	alarm(20);
	CHECK(pipe2(p, O_NONBLOCK) == 0);
	CHECK(fcntl(p[0], F_GETPIPE_SZ) == 65536);
	CHECK(write(p[1], block, 65536) == 65536);
	CHECK(write(p[1], block, 1) == -1 && errno == EAGAIN);
	CHECK(ioctl(p[0], FIONREAD, &n) == 0 && n == 65536);
	CHECK(fcntl(p[1], F_SETPIPE_SZ, 4096) == -1 && errno == EBUSY);
	CHECK(fcntl(p[1], F_SETPIPE_SZ, 100000) == 131072);
	CHECK(write(p[1], block, 65536) == 65536);
	CHECK(read(p[0], block, 65536) > 0 && read(p[0], block, 65536) > 0);
	while (read(p[0], block, 65536) > 0)
		;
	CHECK(fcntl(p[1], F_SETPIPE_SZ, 1) == 4096 && fcntl(p[0], F_GETPIPE_SZ) == 4096);
	CHECK(write(p[1], block, 5000) == 4096);
	CHECK(fcntl(open("/dev/null", O_RDONLY), F_GETPIPE_SZ) == -1 && errno == EBADF);
	return check_status();
}
