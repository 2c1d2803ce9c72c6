/* ECHOCTL shows control characters as ^X; without ECHO nothing shows, but ECHONL a newline. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(TYPE(master, "\001\033\t"));
	CHECK(READS(master, "^A^[\t"));
	change(slave, LOCAL, ECHOCTL, 0);
	CHECK(TYPE(master, "\001"));
	CHECK(READS(master, "\001"));
	change(slave, LOCAL, ECHO, ECHONL);
	CHECK(TYPE(master, "quiet\n"));
	CHECK(READS(master, "\r\n"));
	return check_status();
}
