/* VERASE, VKILL and VWERASE edit the line and the screen. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(TYPE(master, "ax\177b"));
	CHECK(READS(master, "ax\b \bb"));
	CHECK(TYPE(master, "\025"));
	CHECK(READS(master, "\b \b\b \b"));
	CHECK(TYPE(master, "one two\027"));
	CHECK(READS(master, "one two\b \b\b \b\b \b"));
	CHECK(TYPE(master, "2\n"));
	CHECK(READS(slave, "one 2\n"));
	CHECK(READS(master, "2\r\n"));
	CHECK(TYPE(master, "\177\025\027x\n"));
	CHECK(READS(slave, "x\n"));
	CHECK(READS(master, "x\r\n"));
	return check_status();
}
