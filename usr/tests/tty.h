/* What the tty tests share: a pseudo-terminal and ways to change its attributes. */
#ifndef LEGOOS_TESTS_TTY_H
#define LEGOOS_TESTS_TTY_H

#include "tests.h"

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>

/* Opens both sides; the slave does not become a controlling terminal. */
static inline void open_pty(int *master, int *slave)
{
	char name[64];

	*master = posix_openpt(O_RDWR | O_NOCTTY);
	if (*master < 0 || grantpt(*master) != 0 || unlockpt(*master) != 0 || ptsname_r(*master, name, sizeof(name)) != 0)
		check_fatal("pseudo-terminal");
	*slave = open(name, O_RDWR | O_NOCTTY);
	if (*slave < 0)
		check_fatal("slave");
}

/* Changes attributes: flags off, then on, in one of the four fields. */
static inline void change(int fd, int field, tcflag_t off, tcflag_t on)
{
	struct termios t;
	tcflag_t *fields[] = {&t.c_iflag, &t.c_oflag, &t.c_cflag, &t.c_lflag};

	if (tcgetattr(fd, &t) != 0)
		check_fatal("tcgetattr");
	*fields[field] = (*fields[field] & ~off) | on;
	if (tcsetattr(fd, TCSANOW, &t) != 0)
		check_fatal("tcsetattr");
}

enum { INPUT, OUTPUT, CONTROL, LOCAL };

static inline void set_control(int fd, int index, int value)
{
	struct termios t;

	if (tcgetattr(fd, &t) != 0)
		check_fatal("tcgetattr");
	t.c_cc[index] = value;
	if (tcsetattr(fd, TCSANOW, &t) != 0)
		check_fatal("tcsetattr");
}

static inline int events_of(int fd, int wanted, int timeout)
{
	struct pollfd one = {.fd = fd, .events = wanted};

	return poll(&one, 1, timeout) < 0 ? -1 : one.revents;
}

/* Whether exactly this comes out of the descriptor, however it is cut. */
static inline int reads(int fd, const char *wanted, size_t length)
{
	char data[512];
	size_t got = 0;

	while (got < length) {
		ssize_t one;

		if (!(events_of(fd, POLLIN, 5000) & POLLIN))
			break;
		one = read(fd, data + got, length - got);
		if (one <= 0)
			break;
		got += one;
	}
	if (got == length && memcmp(data, wanted, length) == 0)
		return 1;
	printf("got %zu bytes:", got);
	for (size_t i = 0; i < got; i++)
		printf(" %02x", (unsigned char)data[i]);
	printf("\n");
	return 0;
}

#define READS(fd, text) reads(fd, text, sizeof(text) - 1)
#define TYPE(fd, text) (write(fd, text, sizeof(text) - 1) == sizeof(text) - 1)

/* A child that leads a session of its own with this terminal as the controlling one. */
static inline pid_t start_session(int (*function)(int), int slave)
{
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) != 0)
			_exit(99);
		_exit(function(slave));
	}
	return child;
}

#endif
