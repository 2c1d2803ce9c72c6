/* VREPRINT shows the line again. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(TYPE(master, "abc\022"));
	CHECK(READS(master, "abc^R\r\nabc"));
	CHECK(TYPE(master, "\n"));
	CHECK(READS(slave, "abc\n"));
	return check_status();
}
