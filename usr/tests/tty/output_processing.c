/* OPOST: ONLCR, OCRNL, OLCUC, tabs; nothing without it. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(TYPE(slave, "a\nb\r"));
	CHECK(READS(master, "a\r\nb\r"));
	change(slave, OUTPUT, ONLCR, OCRNL);
	CHECK(TYPE(slave, "a\nb\r"));
	CHECK(READS(master, "a\nb\n"));
	change(slave, OUTPUT, OCRNL, OLCUC);
	CHECK(TYPE(slave, "mIx\r"));
	CHECK(READS(master, "MIX\r"));
	change(slave, OUTPUT, OLCUC, XTABS);
	CHECK(TYPE(slave, "ab\tc"));
	CHECK(READS(master, "ab      c"));
	change(slave, OUTPUT, OPOST, 0);
	CHECK(TYPE(slave, "a\n\t"));
	CHECK(READS(master, "a\n\t"));
	return check_status();
}
