/* A session leader without a terminal gets the one that it opens, unless O_NOCTTY. */
#include "tty.h"

static int child(void *argument)
{
	const char *name = argument;
	int fd;

	if (setsid() < 0)
		return 1;
	fd = open(name, O_RDWR | O_NOCTTY);
	if (fd < 0 || (open("/dev/tty", O_RDWR) != -1 || errno != ENXIO))
		return 2;
	fd = open(name, O_RDWR);
	if (fd < 0 || open("/dev/tty", O_RDWR) < 0)
		return 3;
	return tcgetsid(fd) == getpid() && tcgetpgrp(fd) == getpgrp() ? 0 : 4;
}

int main(void)
{
	int master, slave;
	char name[64];

	alarm(20);
	open_pty(&master, &slave);
	CHECK(ptsname_r(master, name, sizeof(name)) == 0);
	CHECK(wait_for(start_child(child, name)) == 0);
	return check_status();
}
