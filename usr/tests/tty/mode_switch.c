/* Switching to raw makes a half line readable. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	change(slave, LOCAL, ECHO, 0);
	CHECK(TYPE(master, "half"));
	CHECK(events_of(slave, POLLIN, 0) == 0);
	change(slave, LOCAL, ICANON, 0);
	CHECK(events_of(slave, POLLIN, 5000) == POLLIN);
	CHECK(READS(slave, "half"));
	change(slave, LOCAL, 0, ICANON);
	CHECK(TYPE(master, "a\n"));
	CHECK(READS(slave, "a\n"));
	return check_status();
}
