/* What the tests of mapped files share. */
#ifndef LEGOOS_TESTS_MAP_H
#define LEGOOS_TESTS_MAP_H

#include "faults.h"

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

/* The signal that reading a byte raises, 0 when none. */
static inline int fault_of_read(volatile char *at)
{
	catch_faults();
	return reads(at) ? 0 : signal_number;
}

static inline int fault_of_write(volatile char *at)
{
	catch_faults();
	return writes(at) ? 0 : signal_number;
}

#endif
