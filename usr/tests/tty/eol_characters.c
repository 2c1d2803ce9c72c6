/* VEOL and VEOL2 end a line and are part of it. */
#include "tty.h"

int main(void)
{
	int master, slave;
	char data[16];

	alarm(20);
	open_pty(&master, &slave);
	change(slave, LOCAL, ECHO, 0);
	set_control(slave, VEOL, ';');
	set_control(slave, VEOL2, '!');
	CHECK(TYPE(master, "a;b!c\n"));
	CHECK(read(slave, data, sizeof(data)) == 2 && memcmp(data, "a;", 2) == 0);
	CHECK(read(slave, data, sizeof(data)) == 2 && memcmp(data, "b!", 2) == 0);
	CHECK(read(slave, data, sizeof(data)) == 2 && memcmp(data, "c\n", 2) == 0);
	return check_status();
}
