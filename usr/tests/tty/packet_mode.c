/* TIOCPKT: the master's reads begin with a control byte. */
#include "tty.h"

int main(void)
{
	int master, slave, on = 1, value = -1;
	char data[16];

	alarm(20);
	open_pty(&master, &slave);
	CHECK(ioctl(master, TIOCPKT, &on) == 0);
	CHECK(ioctl(master, TIOCGPKT, &value) == 0 && value == 1);
	CHECK(TYPE(slave, "ab"));
	CHECK(read(master, data, sizeof(data)) == 3 && memcmp(data, "\0ab", 3) == 0);
	CHECK(tcflush(slave, TCIFLUSH) == 0);
	CHECK((events_of(master, POLLIN | POLLPRI, 5000) & POLLPRI) == POLLPRI);
	CHECK(read(master, data, sizeof(data)) == 1 && data[0] == TIOCPKT_FLUSHREAD);
	CHECK(tcflow(slave, TCOOFF) == 0);
	CHECK(read(master, data, sizeof(data)) == 1 && data[0] == TIOCPKT_STOP);
	CHECK(tcflow(slave, TCOON) == 0);
	CHECK(read(master, data, sizeof(data)) == 1 && data[0] == TIOCPKT_START);
	return check_status();
}
