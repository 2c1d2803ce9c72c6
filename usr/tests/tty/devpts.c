/* /dev/pts/N exists as long as its master; names, numbers and types agree. */
#include "tty.h"
#include <sys/sysmacros.h>

int main(void)
{
	int master, slave, number = -1;
	char name[64], expected[64];
	struct stat by_name, by_fd;

	master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	CHECK(master >= 0 && ioctl(master, TIOCGPTN, &number) == 0 && number >= 0);
	CHECK(ptsname_r(master, name, sizeof(name)) == 0);
	snprintf(expected, sizeof(expected), "/dev/pts/%d", number);
	CHECK(strcmp(name, expected) == 0);
	CHECK(open(name, O_RDWR | O_NOCTTY) == -1 && errno == EIO); /* still locked */
	CHECK(unlockpt(master) == 0);
	slave = open(name, O_RDWR | O_NOCTTY);
	CHECK(slave >= 0 && isatty(slave) && isatty(master));
	CHECK(strcmp(ttyname(slave), expected) == 0);
	CHECK(stat(name, &by_name) == 0 && fstat(slave, &by_fd) == 0);
	CHECK(S_ISCHR(by_name.st_mode) && major(by_name.st_rdev) == 136 && (int)minor(by_name.st_rdev) == number);
	CHECK(by_name.st_ino == by_fd.st_ino && by_name.st_dev == by_fd.st_dev && by_name.st_rdev == by_fd.st_rdev);
	close(slave);
	close(master);
	CHECK(stat(name, &by_name) == -1 && errno == ENOENT);
	return check_status();
}
