/* TCGETS2 and TCSETS2 carry speeds as numbers. */
#include "tests.h"
#include <asm/termbits.h>
#include <sys/ioctl.h>

int main(void)
{
	struct termios2 t;
	int master = open("/dev/ptmx", O_RDWR | O_NOCTTY);

	CHECK(ioctl(master, TCGETS2, &t) == 0);
	CHECK((t.c_cflag & CBAUD) == B38400 && t.c_ospeed == 38400);
	t.c_cflag = (t.c_cflag & ~CBAUD) | BOTHER;
	t.c_ospeed = t.c_ispeed = 12345;
	CHECK(ioctl(master, TCSETS2, &t) == 0);
	memset(&t, 0, sizeof(t));
	CHECK(ioctl(master, TCGETS2, &t) == 0 && t.c_ospeed == 12345);
	return check_status();
}
