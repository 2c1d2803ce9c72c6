/* O_NONBLOCK on both sides. */
#include "tty.h"

int main(void)
{
	int master, slave;
	char byte;
	static char much[70000];
	int sent;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK) == 0 && fcntl(slave, F_SETFL, O_RDWR | O_NONBLOCK) == 0);
	CHECK(read(master, &byte, 1) == -1 && errno == EAGAIN);
	CHECK(read(slave, &byte, 1) == -1 && errno == EAGAIN);
	sent = write(slave, much, sizeof(much));
	CHECK(sent > 0 && sent < (int)sizeof(much));
	CHECK(write(slave, much, sizeof(much)) == -1 && errno == EAGAIN);
	CHECK(events_of(slave, POLLOUT, 0) == 0);
	while (read(master, much, sizeof(much)) > 0)
		;
	CHECK(events_of(slave, POLLOUT, 5000) == POLLOUT);
	return check_status();
}
