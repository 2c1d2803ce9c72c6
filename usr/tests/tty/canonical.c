/* Canonical mode: a line is read when it ends, one line at a time. */
#include "tty.h"

int main(void)
{
	int master, slave;
	char data[64];

	alarm(20);
	open_pty(&master, &slave);
	CHECK(TYPE(master, "par"));
	CHECK(READS(master, "par"));
	CHECK(events_of(slave, POLLIN, 0) == 0);
	CHECK(TYPE(master, "t\nsecond\r"));
	CHECK(events_of(slave, POLLIN, 5000) == POLLIN);
	CHECK(read(slave, data, 2) == 2 && memcmp(data, "pa", 2) == 0);
	CHECK(read(slave, data, sizeof(data)) == 3 && memcmp(data, "rt\n", 3) == 0);
	CHECK(read(slave, data, sizeof(data)) == 7 && memcmp(data, "second\n", 7) == 0);
	CHECK(READS(master, "t\r\nsecond\r\n"));
	return check_status();
}
