/* TIOCSWINSZ and TIOCGWINSZ; SIGWINCH when the size changes. */
#include "tty.h"

static volatile int changes;

static void changed(int number)
{
	changes += number == SIGWINCH;
}

static int leader(int slave)
{
	struct winsize size;

	signal(SIGWINCH, changed);
	write(slave, "ready", 5);
	while (changes == 0)
		poll(NULL, 0, 20);
	return ioctl(slave, TIOCGWINSZ, &size) == 0 && size.ws_row == 30 && size.ws_col == 90 ? 0 : 1;
}

int main(void)
{
	struct winsize size = {1, 1, 1, 1};
	int master, slave;
	pid_t child;

	alarm(20);
	open_pty(&master, &slave);
	CHECK(ioctl(slave, TIOCGWINSZ, &size) == 0 && size.ws_row == 0 && size.ws_col == 0);
	child = start_session(leader, slave);
	CHECK(READS(master, "ready"));
	size = (struct winsize){30, 90, 4, 5};
	CHECK(ioctl(master, TIOCSWINSZ, &size) == 0);
	CHECK(wait_for(child) == 0);
	memset(&size, 0, sizeof(size));
	CHECK(ioctl(slave, TIOCGWINSZ, &size) == 0 && size.ws_xpixel == 4 && size.ws_ypixel == 5);
	return check_status();
}
