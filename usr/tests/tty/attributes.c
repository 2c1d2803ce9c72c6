/* The attributes of a fresh pseudo-terminal, and that they are kept. */
#include "tty.h"

int main(void)
{
	struct termios t, u;
	int master, slave;

	open_pty(&master, &slave);
	CHECK(tcgetattr(slave, &t) == 0);
	CHECK(t.c_iflag == (ICRNL | IXON));
	CHECK(t.c_oflag == (OPOST | ONLCR));
	CHECK((t.c_cflag & (CSIZE | CREAD)) == (CS8 | CREAD));
	CHECK(t.c_lflag == (ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN));
	CHECK(t.c_cc[VINTR] == 3 && t.c_cc[VQUIT] == 28 && t.c_cc[VERASE] == 127 && t.c_cc[VKILL] == 21 && t.c_cc[VEOF] == 4);
	CHECK(t.c_cc[VMIN] == 1 && t.c_cc[VTIME] == 0 && t.c_cc[VSTART] == 17 && t.c_cc[VSTOP] == 19 && t.c_cc[VSUSP] == 26);
	CHECK(cfgetospeed(&t) == B38400);
	t.c_lflag &= ~ECHO;
	t.c_cc[VINTR] = 7;
	CHECK(tcsetattr(slave, TCSADRAIN, &t) == 0);
	CHECK(tcgetattr(master, &u) == 0 && u.c_lflag == t.c_lflag && u.c_cc[VINTR] == 7);
	return check_status();
}
