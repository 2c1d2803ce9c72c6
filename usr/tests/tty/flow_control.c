/* IXON: VSTOP holds the output, VSTART lets it go; neither is read. */
#include "tty.h"

int main(void)
{
	int master, slave;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(fcntl(slave, F_SETFL, O_RDWR | O_NONBLOCK) == 0);
	CHECK(TYPE(master, "\023"));
	for (int i = 0; i < 500 && events_of(slave, POLLOUT, 0) == POLLOUT; i++)
		poll(NULL, 0, 10); /* the line discipline may have a thread of its own */
	CHECK(write(slave, "x", 1) == -1 && errno == EAGAIN);
	CHECK(events_of(slave, POLLOUT, 0) == 0);
	CHECK(TYPE(master, "\021"));
	CHECK(events_of(slave, POLLOUT, 5000) == POLLOUT);
	CHECK(write(slave, "x", 1) == 1);
	CHECK(READS(master, "x"));
	change(slave, INPUT, IXON, 0);
	change(slave, LOCAL, ECHO | ICANON, 0);
	CHECK(TYPE(master, "\023\021"));
	CHECK(READS(slave, "\023\021"));
	return check_status();
}
