/*
 * What the soak programs share: main reads lines with a number of operations from stdin, does so many, and prints "ok".
 * Between two lines it holds what it held at first, so whoever feeds it can look for what was left behind.
 */
#pragma once
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Ends the program when something is not as it must be. */
#define MUST(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #condition, strerror(errno)); \
			_exit(1); \
		} \
	} while (0)

/* The i-th operation of all. */
static void operate(unsigned long i);

/* Once, before the first operation. */
static void prepare(const char *self);

/* A process that goes when this one does: 0 in it. */
static inline pid_t partner_process(void)
{
	pid_t child = fork();

	MUST(child >= 0);
	if (child == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return child;
}

static inline int ended_with(pid_t child)
{
	int status;

	MUST(waitpid(child, &status, 0) == child);
	return status;
}

int main(int argc, char **argv)
{
	unsigned long done = 0;
	char line[32];

	if (argc > 1)
		return 0; /* an execve of this program by itself */
	prepare(argv[0]);
	while (fgets(line, sizeof(line), stdin)) {
		for (unsigned long end = done + strtoul(line, NULL, 10); done < end; done++)
			operate(done);
		puts("ok");
		fflush(stdout);
	}
	return 0;
}
