#include "tests.h"
#include <sys/ioctl.h>

/* FIONBIO and F_SETFL change the open file, which dup and fork share; F_SETFD only the descriptor. */
int main(void)
{
	int p[2], d, on = 1, off = 0;
	char byte;

	alarm(20);
	CHECK(pipe(p) == 0);
	d = dup(p[0]);
	CHECK(ioctl(p[0], FIONBIO, &on) == 0);
	CHECK(fcntl(d, F_GETFL) & O_NONBLOCK);
	CHECK(read(d, &byte, 1) == -1 && errno == EAGAIN);
	CHECK(ioctl(d, FIONBIO, &off) == 0 && !(fcntl(p[0], F_GETFL) & O_NONBLOCK));
	CHECK(ioctl(p[0], FIOCLEX) == 0 && fcntl(p[0], F_GETFD) == FD_CLOEXEC && fcntl(d, F_GETFD) == 0);
	CHECK(ioctl(p[0], FIONCLEX) == 0 && fcntl(p[0], F_GETFD) == 0);
	CHECK((fcntl(p[0], F_GETFL) & O_ACCMODE) == O_RDONLY && (fcntl(p[1], F_GETFL) & O_ACCMODE) == O_WRONLY);
	return check_status();
}
