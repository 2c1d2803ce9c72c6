/* What the tests of mapped files share. */
#ifndef LEGOOS_TESTS_MAP_H
#define LEGOOS_TESTS_MAP_H

#include "tests.h"

#include <setjmp.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define PAGE 4096

/* A new file of so many bytes, each of them `fill`, open for reading and writing. */
static inline int file_of(const char *name, size_t bytes, char fill)
{
	static char block[65536];
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0644);

	if (fd < 0)
		check_fatal("open");
	memset(block, fill, sizeof(block));
	while (bytes > 0) {
		size_t part = bytes < sizeof(block) ? bytes : sizeof(block);

		if (write(fd, block, part) != (ssize_t)part)
			check_fatal("write");
		bytes -= part;
	}
	return fd;
}

static inline char *map(int fd, size_t bytes, int prot, int flags)
{
	char *at = mmap(NULL, bytes, prot, flags, fd, 0);

	if (at == MAP_FAILED)
		check_fatal("mmap");
	return at;
}

static sigjmp_buf touched;
static volatile int signal_seen;

static void on_fault(int sig)
{
	signal_seen = sig;
	siglongjmp(touched, 1);
}

/* The signal that reading a byte raises, 0 when none. */
static inline int fault_of_read(volatile char *at)
{
	signal(SIGSEGV, on_fault);
	signal(SIGBUS, on_fault);
	signal_seen = 0;
	if (sigsetjmp(touched, 1) == 0)
		(void)*at;
	return signal_seen;
}

static inline int fault_of_write(volatile char *at)
{
	signal(SIGSEGV, on_fault);
	signal(SIGBUS, on_fault);
	signal_seen = 0;
	if (sigsetjmp(touched, 1) == 0)
		*at = 1;
	return signal_seen;
}

#endif
