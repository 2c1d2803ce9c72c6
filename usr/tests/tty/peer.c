/* TIOCGPTPEER opens the slave without a name. */
#include "tty.h"

int main(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave, is_locked = -1;

	alarm(20);
	CHECK(ioctl(master, TIOCGPTLCK, &is_locked) == 0 && is_locked == 1);
	CHECK(unlockpt(master) == 0);
	CHECK(ioctl(master, TIOCGPTLCK, &is_locked) == 0 && is_locked == 0);
	slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	CHECK(slave >= 0 && isatty(slave) && fcntl(slave, F_GETFD) == FD_CLOEXEC);
	CHECK(TYPE(slave, "x"));
	CHECK(READS(master, "x"));
	CHECK(ioctl(slave, TIOCGPTPEER, O_RDWR) == -1 && errno == EIO);
	return check_status();
}
