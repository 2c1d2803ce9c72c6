/* tcflush(3) drops what was typed and not read. */
#include "tty.h"

int main(void)
{
	int master, slave, count = -1;

	alarm(20);
	open_pty(&master, &slave);
	change(slave, LOCAL, ECHO, 0);
	CHECK(TYPE(master, "old\n"));
	CHECK(events_of(slave, POLLIN, 5000) == POLLIN);
	CHECK(ioctl(slave, FIONREAD, &count) == 0 && count == 4);
	CHECK(tcflush(slave, TCIFLUSH) == 0);
	CHECK(ioctl(slave, FIONREAD, &count) == 0 && count == 0);
	CHECK(events_of(slave, POLLIN, 0) == 0);
	CHECK(TYPE(master, "new\n"));
	CHECK(READS(slave, "new\n"));
	CHECK(tcflush(slave, 77) == -1 && errno == EINVAL);
	return check_status();
}
