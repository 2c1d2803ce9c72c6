/* TIOCSCTTY, TIOCGSID, tcgetpgrp: a session leader and its terminal. */
#include "tty.h"

static int leader(int slave)
{
	pid_t session = 0;
	int other;

	if (ioctl(slave, TIOCGSID, &session) != 0 || session != getpid())
		return 1;
	if (tcgetpgrp(slave) != getpgrp() || tcgetsid(slave) != getpid())
		return 2;
	if (ioctl(slave, TIOCSCTTY, 0) != 0)
		return 3;
	other = open("/dev/tty", O_RDWR);
	if (other < 0 || tcgetpgrp(other) != getpgrp())
		return 4;
	if (ioctl(slave, TIOCNOTTY) != 0)
		return 5;
	if (open("/dev/tty", O_RDWR) != -1 || errno != ENXIO)
		return 6;
	return tcgetpgrp(slave) == -1 && errno == ENOTTY ? 0 : 7;
}

int main(void)
{
	int master, slave;
	pid_t session;

	alarm(20);
	signal(SIGHUP, SIG_IGN);
	open_pty(&master, &slave);
	CHECK(tcgetpgrp(slave) == -1 && errno == ENOTTY);
	CHECK(ioctl(slave, TIOCGSID, &session) == -1 && errno == ENOTTY);
	CHECK(wait_for(start_session(leader, slave)) == 0);
	return check_status();
}
