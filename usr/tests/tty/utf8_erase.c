/* IUTF8: one erase takes a whole character. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	change(slave, INPUT, 0, IUTF8);
	CHECK(TYPE(master, "a\303\251\342\202\254"));
	CHECK(READS(master, "a\303\251\342\202\254"));
	CHECK(TYPE(master, "\177\177b\n"));
	CHECK(READS(slave, "ab\n"));
	CHECK(READS(master, "\b \b\b \bb\r\n"));
	return check_status();
}
