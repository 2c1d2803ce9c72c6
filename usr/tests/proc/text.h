/* What the tests of /proc share. */
#ifndef LEGOOS_TESTS_TEXT_H
#define LEGOOS_TESTS_TEXT_H

#include "tests.h"

#include <ctype.h>
#include <dirent.h>
#include <sys/stat.h>

/* The content of a file, at most 64 KiB, ended by a NUL; empty when it cannot be read. */
static inline char *text_of(const char *path)
{
	static char buffer[4][65536];
	static int turn;
	char *to = buffer[turn++ % 4];
	int fd = open(path, O_RDONLY);
	size_t done = 0;
	ssize_t got;

	while (fd >= 0 && done < 65535 && (got = read(fd, to + done, 65535 - done)) > 0)
		done += (size_t)got;
	to[done] = 0;
	if (fd >= 0)
		close(fd);
	return to;
}

/* The number behind a label at the beginning of a line, -1 when there is none. */
static inline long field_of(const char *text, const char *label)
{
	for (const char *line = text; line != NULL && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, label, strlen(label)) == 0)
			return strtol(line + strlen(label), NULL, 0);
	}
	return -1;
}

#endif
