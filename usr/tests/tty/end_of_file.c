/* VEOF: what is there is read at once; at the start of a line it is the end of file. */
#include "tty.h"

int main(void)
{
	int master, slave;
	char data[16];

	alarm(20);
	open_pty(&master, &slave);
	CHECK(TYPE(master, "abc\004"));
	CHECK(read(slave, data, sizeof(data)) == 3 && memcmp(data, "abc", 3) == 0);
	CHECK(TYPE(master, "\004"));
	CHECK(read(slave, data, sizeof(data)) == 0);
	CHECK(TYPE(master, "next\n"));
	CHECK(read(slave, data, sizeof(data)) == 5);
	CHECK(READS(master, "abcnext\r\n"));
	return check_status();
}
