/* What the tests on files share: an empty directory, and files in one line. */
#ifndef LEGOOS_FILE_TESTS_H
#define LEGOOS_FILE_TESTS_H

#include "tests.h"

#include <dirent.h>
#include <ftw.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/xattr.h>

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#endif

static inline int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
	(void)stat, (void)type;
	return walk->level == 0 ? 0 : remove(path);
}

/* An empty directory of the test's own as the working directory, whatever an earlier run left. */
static inline void enter_empty(const char *test)
{
	char name[64];

	snprintf(name, sizeof name, "file-%s", test);
	alarm(60);
	umask(022);
	enter_scratch(name);
	nftw(".", remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* Makes a file with that content; its size or -1. */
static inline long put(const char *path, const char *content)
{
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
	long done = fd < 0 ? -1 : write(fd, content, strlen(content));

	if (fd >= 0)
		close(fd);
	return done;
}

/* Whether a file has exactly that content. */
static inline int holds(const char *path, const char *content)
{
	char buffer[4096];
	int fd = open(path, O_RDONLY);
	long done = fd < 0 ? -1 : read(fd, buffer, sizeof buffer);

	if (fd >= 0)
		close(fd);
	return done == (long)strlen(content) && memcmp(buffer, content, done) == 0;
}

static inline int exists(const char *path)
{
	struct stat stat;

	return lstat(path, &stat) == 0;
}

/* Entries of a directory without "." and ".."; -1 when it cannot be read. */
static inline int entries(const char *path)
{
	DIR *dir = opendir(path);
	int count = 0;

	if (!dir)
		return -1;
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

#define FAILS(call, error) CHECK((call) == -1 && errno == (error))

#endif
