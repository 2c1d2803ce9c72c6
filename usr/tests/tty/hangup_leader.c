/* Closing the master hangs up: SIGHUP to the session leader, end of file and EIO for what is open. */
#include "tty.h"

static volatile int hangups;

static void hangup(int number)
{
	hangups += number == SIGHUP;
}

static int leader(int slave)
{
	char byte;

	signal(SIGHUP, hangup);
	write(slave, "ready", 5);
	while (hangups == 0)
		if (events_of(slave, POLLIN, 5000) < 0 && errno != EINTR)
			return 1;
	if (read(slave, &byte, 1) != 0)
		return 2;
	if (write(slave, "x", 1) != -1 || errno != EIO)
		return 3;
	if ((events_of(slave, POLLIN, 0) & (POLLHUP | POLLERR)) != (POLLHUP | POLLERR))
		return 4;
	return open("/dev/tty", O_RDWR) == -1 && errno == ENXIO ? 0 : 5;
}

static int starts(void *unused __attribute__((unused)))
{
	int master, slave;
	pid_t child;

	open_pty(&master, &slave);
	fcntl(master, F_SETFD, FD_CLOEXEC);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		close(master);
		if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) != 0)
			_exit(99);
		_exit(leader(slave));
	}
	if (!READS(master, "ready"))
		return 98;
	close(master);
	return wait_for(child);
}

int main(void)
{
	alarm(20);
	CHECK(wait_for(start_child(starts, NULL)) == 0);
	return check_status();
}
