/* What the tests of execve share. */
#ifndef LEGOOS_TESTS_RUN_H
#define LEGOOS_TESTS_RUN_H

#include "tests.h"

#include <sys/stat.h>
#include <sys/wait.h>

/* A file with that content and mode. */
static inline void put(const char *name, const void *content, size_t bytes, int mode)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0 || write(fd, content, bytes) != (ssize_t)bytes || fchmod(fd, mode) != 0)
		check_fatal("put");
	close(fd);
}

/* errno of execve in a child, 0 when it worked. */
static inline int exec_errno(const char *path)
{
	char *argv[] = {(char *)path, NULL};
	char *envp[] = {NULL};
	int status;
	pid_t child = fork();

	if (child == 0) {
		execve(path, argv, envp);
		_exit(errno);
	}
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
		check_fatal("waitpid");
	return WEXITSTATUS(status);
}

#endif
