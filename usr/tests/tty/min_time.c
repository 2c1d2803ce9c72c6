/* Non-canonical reads: VMIN and VTIME. */
#include "tty.h"

int main(void)
{
	int master, slave;
	char data[16];

	alarm(20);
	open_pty(&master, &slave);
	change(slave, LOCAL, ICANON | ECHO, 0);
	CHECK(TYPE(master, "a"));
	CHECK(read(slave, data, sizeof(data)) == 1);
	set_control(slave, VMIN, 0);
	CHECK(read(slave, data, sizeof(data)) == 0);
	set_control(slave, VTIME, 2);
	CHECK(read(slave, data, sizeof(data)) == 0);
	CHECK(TYPE(master, "b"));
	CHECK(read(slave, data, sizeof(data)) == 1 && data[0] == 'b');
	set_control(slave, VTIME, 0);
	set_control(slave, VMIN, 3);
	CHECK(TYPE(master, "cd"));
	CHECK(events_of(slave, POLLIN, 0) == 0);
	CHECK(TYPE(master, "e"));
	CHECK(events_of(slave, POLLIN, 5000) == POLLIN);
	CHECK(read(slave, data, sizeof(data)) == 3 && memcmp(data, "cde", 3) == 0);
	return check_status();
}
