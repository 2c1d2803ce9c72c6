/* When the last slave closes the master reads the rest, then EIO; a new open mends it. */
#include "tty.h"

int main(void)
{
	int master, slave;
	char name[64], byte;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(ptsname_r(master, name, sizeof(name)) == 0);
	CHECK(write(slave, "bye", 3) == 3);
	close(slave);
	CHECK((events_of(master, POLLIN, 5000) & POLLHUP) == POLLHUP);
	CHECK(READS(master, "bye"));
	CHECK(read(master, &byte, 1) == -1 && errno == EIO);
	slave = open(name, O_RDWR | O_NOCTTY);
	CHECK(slave >= 0);
	CHECK(events_of(master, POLLIN, 0) == 0);
	CHECK(write(slave, "new", 3) == 3);
	CHECK(READS(master, "new"));
	return check_status();
}
