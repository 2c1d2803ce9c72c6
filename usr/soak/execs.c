/* Programs that are started: an operation is one process that becomes this program again and ends. */
#include "soak.h"
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>

extern char **environ;
static const char *self;

static void prepare(const char *name)
{
	self = name;
}

static void start(void)
{
	execl(self, self, "child", (char *)NULL);
	_exit(127);
}

static void *start_in_thread(void *unused)
{
	(void)unused;
	start();
	return NULL;
}

static void operate(unsigned long i)
{
	char *const arguments[] = {(char *)self, "child", NULL};
	pid_t child;

	switch (i % 4) {
	case 0:
		child = fork();
		if (child == 0)
			start();
		break;
	case 1:
		child = vfork();
		if (child == 0)
			start();
		break;
	case 2:
		MUST(posix_spawn(&child, self, NULL, NULL, arguments, environ) == 0);
		break;
	default: /* from another thread, with open files that go */
		child = fork();
		if (child == 0) {
			pthread_t thread;

			open("/dev/null", O_RDONLY | O_CLOEXEC);
			pthread_create(&thread, NULL, start_in_thread, NULL);
			for (;;)
				pause();
		}
	}
	MUST(child > 0 && ended_with(child) == 0);
}
