/* Erasing a control character takes both columns; erasing a tab goes back to where it began. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(TYPE(master, "\001\177"));
	CHECK(READS(master, "^A\b \b\b \b"));
	CHECK(TYPE(master, "ab\t\177"));
	CHECK(READS(master, "ab\t\b\b\b\b\b\b"));
	return check_status();
}
