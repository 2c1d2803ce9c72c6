/* What the conformance tests share beyond check.h; see README.md. */
#ifndef LEGOOS_TESTS_H
#define LEGOOS_TESTS_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include "../check.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>

/* The name of the test's class, its program's name in .build; set by the driver. */
extern const char *test_class;

/* execve of this very test with further arguments, ended by NULL. Returns only if it failed. */
static inline int reexec(const char *test, ...)
{
	char *argv[16];
	int argc = 0;
	va_list list;

	argv[argc++] = (char *)test_class;
	argv[argc++] = (char *)test;
	va_start(list, test);
	while (argc < 15 && (argv[argc] = va_arg(list, char *)) != NULL)
		argc++;
	va_end(list);
	argv[argc] = NULL;
	return execv("/proc/self/exe", argv);
}

/* Waits for a child; its exit status, or 128 plus the signal that killed it, or -1. */
static inline int wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Forks; the child runs the function and exits with what it returns. */
static inline pid_t start_child(int (*function)(void *), void *argument)
{
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(function(argument));
	return child;
}

#endif
