/* A line longer than the terminal keeps loses its end, not its newline. */
#include "tty.h"

int main(void)
{
	int master, slave, i, total = 0;
	static char line[8192];

	alarm(20);
	open_pty(&master, &slave);
	change(slave, LOCAL, ECHO, 0);
	memset(line, 'x', sizeof(line));
	for (i = 0; i < 5000; i += 100)
		total += write(master, line, 100);
	CHECK(total == 5000);
	CHECK(TYPE(master, "\n"));
	CHECK(events_of(slave, POLLIN, 5000) == POLLIN);
	CHECK(read(slave, line, sizeof(line)) == 4096);
	CHECK(line[4095] == '\n' && line[4094] == 'x');
	return check_status();
}
