/* A background read gives EIO when SIGTTIN is ignored. */
#include "tty.h"

static int reader(void *argument)
{
	char byte;

	setpgid(0, 0);
	signal(SIGTTIN, SIG_IGN);
	return read(*(int *)argument, &byte, 1) == -1 && errno == EIO ? 0 : 1;
}

static int leader(int slave)
{
	return wait_for(start_child(reader, &slave));
}

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(wait_for(start_session(leader, slave)) == 0);
	return check_status();
}
