/* Processes that come and go: an operation is one process, made and ended in one of several ways. */
#include "soak.h"
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <linux/sched.h>

enum { PAGE = 4096, PAGES = 16 };

static volatile char *private_pages, *shared_pages;

static void prepare(const char *self)
{
	(void)self;
	private_pages = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	shared_pages = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	MUST(private_pages != MAP_FAILED && shared_pages != MAP_FAILED);
	memset((char *)private_pages, 1, PAGES * PAGE);
	MUST(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
}

static pid_t forked(void)
{
	pid_t child = fork();

	MUST(child >= 0);
	return child;
}

static void plain(void)
{
	pid_t child = forked();

	if (child == 0)
		_exit(7);
	MUST(ended_with(child) == 7 << 8);
}

static void writing(unsigned long i)
{
	pid_t child = forked();

	if (child == 0) {
		for (int page = 0; page < PAGES; page++)
			private_pages[page * PAGE] = (char)i;
		shared_pages[i % PAGES * PAGE] = (char)i;
		_exit(0);
	}
	private_pages[i % PAGES * PAGE] = 1; /* while the child does, or after it */
	MUST(ended_with(child) == 0 && shared_pages[i % PAGES * PAGE] == (char)i);
}

static void borrowed(void)
{
	pid_t child = vfork();

	if (child == 0)
		_exit(0);
	MUST(child > 0 && ended_with(child) == 0);
}

static void killed(void)
{
	pid_t child = forked();

	if (child == 0)
		for (;;)
			pause();
	MUST(kill(child, SIGKILL) == 0 && ended_with(child) == SIGKILL);
}

/* The child ends before its own child, which then is ours. */
static void orphaned(void)
{
	pid_t child = forked();

	if (child == 0) {
		forked();
		_exit(0);
	}
	MUST(ended_with(child) == 0);
	MUST(wait(NULL) > 0);
}

static void by_pidfd(void)
{
	int pidfd = -1;
	struct clone_args args = {.flags = CLONE_PIDFD, .pidfd = (unsigned long)&pidfd, .exit_signal = SIGCHLD};
	struct pollfd end;
	pid_t child = (pid_t)syscall(SYS_clone3, &args, sizeof(args));

	if (child == 0)
		_exit(0);
	MUST(child > 0);
	end = (struct pollfd){.fd = pidfd, .events = POLLIN};
	MUST(poll(&end, 1, -1) == 1 && ended_with(child) == 0 && close(pidfd) == 0);
}

/* A process with memory of its own, which it does not give back. */
static void growing(void)
{
	pid_t child = forked();

	if (child == 0) {
		char *more = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		memset(more, 1, PAGES * PAGE);
		MUST(sbrk(PAGES * PAGE) != (void *)-1);
		if (forked() == 0)
			_exit(0);
		wait(NULL);
		_exit(0);
	}
	MUST(ended_with(child) == 0);
}

static void operate(unsigned long i)
{
	switch (i % 16) {
	case 3: writing(i); break;
	case 5: killed(); break;
	case 7: case 8: borrowed(); break;
	case 9: orphaned(); break;
	case 11: by_pidfd(); break;
	case 13: growing(); break;
	default: plain();
	}
}
