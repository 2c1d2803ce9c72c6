/* VLNEXT takes a character's meaning away. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(TYPE(master, "\026\003\026\177\n"));
	CHECK(READS(slave, "\003\177\n"));
	CHECK(READS(master, "^\b^C^\b^?\r\n"));
	change(slave, LOCAL, IEXTEN, 0);
	CHECK(TYPE(master, "\026x\n"));
	CHECK(READS(slave, "\026x\n"));
	return check_status();
}
