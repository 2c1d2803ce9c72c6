/* TIOCEXCL is kept and told. */
#include "tty.h"

int main(void)
{
	int master, slave, is_on = -1;

	open_pty(&master, &slave);
	CHECK(ioctl(slave, TIOCGEXCL, &is_on) == 0 && is_on == 0);
	CHECK(ioctl(slave, TIOCEXCL) == 0);
	CHECK(ioctl(slave, TIOCGEXCL, &is_on) == 0 && is_on == 1);
	CHECK(ioctl(slave, TIOCNXCL) == 0);
	CHECK(ioctl(slave, TIOCGEXCL, &is_on) == 0 && is_on == 0);
	return check_status();
}
