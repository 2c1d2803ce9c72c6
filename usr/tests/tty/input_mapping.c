/* ICRNL, INLCR, IGNCR and ISTRIP. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	change(slave, LOCAL, ICANON | ECHO, 0);
	CHECK(TYPE(master, "a\rb\n"));
	CHECK(READS(slave, "a\nb\n"));
	change(slave, INPUT, ICRNL, INLCR);
	CHECK(TYPE(master, "a\rb\n"));
	CHECK(READS(slave, "a\rb\r"));
	change(slave, INPUT, INLCR, IGNCR);
	CHECK(TYPE(master, "a\rb\n"));
	CHECK(READS(slave, "ab\n"));
	change(slave, INPUT, 0, ISTRIP);
	CHECK(TYPE(master, "\341\342"));
	CHECK(READS(slave, "ab"));
	return check_status();
}
