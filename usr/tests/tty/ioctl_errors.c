/* ioctl(2) on terminals and on what is none. */
#include "tty.h"

int main(void)
{
	struct termios t;
	struct winsize size;
	int master, slave, pipes[2], value = 1;

	open_pty(&master, &slave);
	CHECK(pipe(pipes) == 0);
	CHECK(tcgetattr(pipes[0], &t) == -1 && errno == ENOTTY);
	CHECK(ioctl(pipes[0], TIOCGWINSZ, &size) == -1 && errno == ENOTTY);
	CHECK(!isatty(pipes[0]) && errno == ENOTTY);
	CHECK(!isatty(-1) && errno == EBADF);
	CHECK(ioctl(slave, TCGETS, NULL) == -1 && errno == EFAULT);
	CHECK(ioctl(slave, TCSETS, NULL) == -1 && errno == EFAULT);
	CHECK(ioctl(slave, 0x54ff, &value) == -1 && errno == ENOTTY);
	CHECK(ioctl(slave, TIOCGPTN, &value) == -1 && errno == ENOTTY);
	CHECK(ioctl(slave, TIOCPKT, &value) == -1 && errno == ENOTTY);
	CHECK(tcflow(slave, 99) == -1 && errno == EINVAL);
	CHECK(ioctl(slave, TIOCGETD, &value) == 0 && value == 0);
	CHECK(lseek(slave, 0, SEEK_SET) == -1 && errno == ESPIPE);
	return check_status();
}
