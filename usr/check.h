/*
 * What the test programs share. A check prints one line that says whether it held, so a run in the guest that
 * differs from a native run shows where; the exit status is 0 only when all held. Nothing here may print an
 * address, a pid or a time: the output of a native run and of a guest run must be equal to the byte.
 */
#ifndef LEGOOS_CHECK_H
#define LEGOOS_CHECK_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE_SIZE 4096UL

static int check_failures;

/* An address where nothing is, that the compiler does not know to be one. */
static void *volatile nowhere __attribute__((unused)) = (void *)8;

#define CHECK(condition) check_line(!!(condition), #condition)

static inline int check_line(int holds, const char *what)
{
	int saved_errno = errno;

	if (holds) {
		printf("ok: %s\n", what);
	} else {
		check_failures++;
		printf("FAILED: %s (errno %d, %s)\n", what, saved_errno, strerror(saved_errno));
	}
	fflush(stdout);
	return holds;
}

/* Prints the error that a call ended with, if it did. */
#define SHOW(call) check_show((long)(call), #call)

static inline void check_show(long result, const char *what)
{
	printf("%s: %s\n", what, result == -1 ? strerror(errno) : "success");
	fflush(stdout);
}

static inline int check_status(void)
{
	printf("%s\n", check_failures ? "some checks failed" : "all checks hold");
	return check_failures ? 1 : 0;
}

static inline void check_fatal(const char *what)
{
	printf("FATAL: %s: %s\n", what, strerror(errno));
	fflush(stdout);
	exit(2);
}

/* Work in an empty directory of this program's own below TMPDIR or /tmp. */
static inline void enter_scratch(const char *name)
{
	const char *base = getenv("TMPDIR");

	if (chdir(base ? base : "/tmp") != 0)
		check_fatal("chdir to the scratch directory");
	if (mkdir(name, 0755) != 0 && errno != EEXIST)
		check_fatal("mkdir of the scratch directory");
	if (chdir(name) != 0)
		check_fatal("chdir to the scratch directory");
}

/* FNV-1a, to fold much data into one number that can be printed. */
static inline uint64_t checksum(uint64_t seed, const void *data, size_t size)
{
	const unsigned char *byte = data;
	uint64_t sum = seed ^ 0xcbf29ce484222325UL;

	while (size--)
		sum = (sum ^ *byte++) * 0x100000001b3UL;
	return sum;
}

/* xorshift64*: the same numbers on every machine. */
static inline uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 0x2545f4914f6cdd1dUL;
}

static inline size_t argument(int argc, char **argv, int index, size_t otherwise)
{
	return argc > index ? strtoul(argv[index], NULL, 0) : otherwise;
}

#endif
