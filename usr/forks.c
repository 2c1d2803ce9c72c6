/*
 * forks [COUNT]: makes COUNT processes in all ways that leave something to clean up: children that write to their memory, map, share,
 * are killed, stopped, orphaned, run another program, borrow memory (vfork). Prints how many ended as they should.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "check.h"

static char area[64 * 4096];
static const char *self;

static pid_t start(int kind)
{
	pid_t child = kind == 1 ? vfork() : fork();

	if (child != 0)
		return child;
	switch (kind) {
	case 0: /* writes to its copy */
		for (size_t i = 0; i < sizeof(area); i += 4096)
			area[i]++;
		_exit(7);
	case 1:
		_exit(7);
	case 2: { /* maps, and leaves it mapped */
		char *map = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

		map[0] = map[4096 * 20] = 1;
		if (fork() == 0)
			_exit(map[0]); /* an orphan, soon */
		_exit(7);
	}
	case 3:
		for (;;)
			pause();
	case 4:
		raise(SIGSTOP);
		_exit(1);
	default:
		execl(self, self, "exec", (char *)NULL);
		_exit(1);
	}
}

static int end(int kind, pid_t child)
{
	int status;

	if (kind == 4 && (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status)))
		return 0;
	if (kind == 3 || kind == 4)
		kill(child, SIGKILL);
	if (waitpid(child, &status, 0) != child)
		return 0;
	return kind == 3 || kind == 4 ? WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL
				      : WIFEXITED(status) && WEXITSTATUS(status) == 7;
}

int main(int argc, char **argv)
{
	size_t count = argc > 1 ? strtoul(argv[1], NULL, 0) : 60, good = 0;

	if (argc > 1 && strcmp(argv[1], "exec") == 0)
		return 7;
	self = argv[0];
	for (size_t i = 0; i < count; i++) {
		pid_t child = start(i % 6);

		good += child > 0 && end(i % 6, child);
	}
	printf("%zu of %zu processes ended well\n", good, count);
	return good == count ? 0 : 1;
}
