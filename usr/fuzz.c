/*
 * Random system calls with hostile arguments, for lego fuzz syscalls. argv[1] is the seed, argv[2] the number of calls.
 * A child makes them, with a second thread that takes its memory away meanwhile; the parent ends it when it hangs in a
 * call that may wait for ever, and ends with 77 when the child is gone, whatever became of it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DONE = 77, PAGE = 4096, AREA = 4 * PAGE };

static unsigned long state;
static char *writable, *constant, *before_gap, *racing;
static pid_t parent;

static const char *const paths[] = {
	"/", "/tmp", "/tmp/f", "/tmp/fuzz-dir", "/proc/self/maps", "/proc/self/mem", "/dev/null", "/dev/zero", "/dev/ptmx", "/dev/shm/f",
	"/tmp/../tmp/./f/", "", "/proc/self/fd/0", "/usr/fuzz/x", "/tmp/link", "//..//dev//zero", "/proc/self/fd/77", "/proc/net/tcp",
};

static unsigned long next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static unsigned long path_at(char *to)
{
	strcpy(to, paths[next() % (sizeof(paths) / sizeof(*paths))]);
	return (unsigned long)to;
}

static unsigned long argument(void)
{
	switch (next() % 18) {
	case 0: return next();
	case 1: return -(next() % 5000);
	case 2: case 3: return next() % 32;
	case 4: return (unsigned long)writable + next() % AREA;
	case 5: return (unsigned long)constant + next() % PAGE;
	case 6: return (unsigned long)before_gap - next() % 64;
	case 7: return 0xffffffff81000000ul + next() % PAGE;
	case 8: return 0;
	case 9: return 0x7ffffffff000ul - next() % 16;
	case 10: return path_at(writable);
	case 11: return path_at(writable + PAGE);
	case 12: return 1ul << next() % 64;
	case 13: return next() % 70000;
	case 14: return -100;
	case 15: return (unsigned long)racing + next() % PAGE;
	case 16: return next() % 8;
	default: return 1 << next() % 20;
	}
}

static int overlaps(unsigned long start, unsigned long length)
{
	return length > 65536 || start + length > (1ul << 47) || (start < (unsigned long)writable + AREA && start + length > (unsigned long)writable);
}

/* What would end the test itself, or make it say nothing. */
static int spoils(long number, const unsigned long *a)
{
	switch (number) {
	case SYS_exit: case SYS_exit_group: case SYS_rt_sigreturn: case SYS_execve: case SYS_execveat: case SYS_pause:
	case SYS_rt_sigsuspend: case SYS_arch_prctl: case SYS_ptrace:
		return 1;
	case SYS_kill: case SYS_tkill: case SYS_tgkill: case SYS_rt_sigqueueinfo: case SYS_rt_tgsigqueueinfo:
		return (pid_t)a[0] <= 1 || (pid_t)a[0] == parent;
	case SYS_fork: case SYS_vfork: case SYS_clone: case SYS_clone3:
		return 1; /* made on purpose below */
	case SYS_mmap: case SYS_munmap: case SYS_mprotect: case SYS_mremap: case SYS_shmat: case SYS_madvise: case SYS_remap_file_pages:
		return overlaps(a[0], a[1]) || (number == SYS_mremap && overlaps(a[4], a[2])) || (number == SYS_mmap && (a[3] & 0x10));
	case SYS_brk:
		return a[0] != 0;
	}
	return 0;
}

static void ignore(int number)
{
	(void)number;
}

static void *race(void *unused)
{
	(void)unused;
	for (;;) {
		mprotect(racing, PAGE, PROT_NONE);
		mmap(racing, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		mprotect(racing, PAGE, PROT_READ);
		usleep(100);
	}
	return NULL;
}

static void attack(long calls)
{
	struct itimerval soon = {{0, 2000}, {0, 2000}};
	struct sigaction action = {.sa_handler = ignore};
	struct rlimit processes = {64, 64};
	sigset_t none;
	pthread_t thread;

	sigemptyset(&none);
	sigaction(SIGALRM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	setrlimit(RLIMIT_NPROC, &processes);
	pthread_create(&thread, NULL, race, NULL);
	while (calls-- > 0) {
		unsigned long a[6];
		long number = next() % 50 ? (long)(next() % 460) : (long)next();

		for (int i = 0; i < 6; i++)
			a[i] = argument();
		if (next() % 200 == 0 && syscall(SYS_fork) == 0)
			_exit(0);
		if (spoils(number, a))
			continue;
		syscall(SYS_setitimer, 0, &soon, 0);
		syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, 0, 8);
		syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	struct timespec tick = {0, 10000000};
	pid_t child;

	state = (argc > 1 ? strtoul(argv[1], NULL, 0) : 1) * 0x9e3779b97f4a7c15ul + 1;
	parent = getpid();
	writable = mmap(NULL, AREA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	constant = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	racing = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	before_gap = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	before_gap += PAGE;
	munmap(before_gap, PAGE);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	child = fork();
	if (child == 0) {
		setsid();
		attack(argc > 2 ? atol(argv[2]) : 1000);
	}
	for (int i = 0; i < 200 && waitpid(child, NULL, WNOHANG) == 0; i++)
		nanosleep(&tick, NULL);
	kill(child, SIGKILL);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		;
	return DONE;
}
