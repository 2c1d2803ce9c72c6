/* For tests that execute copies of themselves. */
#ifndef LEGOOS_IMAGE_H
#define LEGOOS_IMAGE_H

#include "../tests.h"

extern char **environ;

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8U
#endif
#ifndef MFD_EXEC
#define MFD_EXEC 0x10U
#endif
#ifndef F_SEAL_EXEC
#define F_SEAL_EXEC 0x20
#endif

/* Copies this very program into a file. */
static inline void fill(int fd)
{
	char buffer[65536];
	int in = open("/proc/self/exe", O_RDONLY);
	ssize_t n;

	while ((n = read(in, buffer, sizeof buffer)) > 0)
		if (write(fd, buffer, n) != n)
			break;
	CHECK(n == 0);
	close(in);
}

struct by_fd {
	int fd;
	const char *test;
	const char *argument;
};

/* In a child: fexecve of fd with this test and an argument; what errno says when it fails, plus 64. */
static int run_fd(void *of)
{
	struct by_fd *start = of;
	char *argv[] = {(char *)test_class, (char *)start->test, (char *)start->argument, NULL};

	syscall(SYS_execveat, start->fd, "", argv, environ, AT_EMPTY_PATH);
	return 64 + errno;
}

#endif
