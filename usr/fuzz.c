/*
 * Random system calls with hostile arguments, for lego fuzz syscalls. argv[1] is the seed, argv[2] the number of calls.
 * A child makes them in two threads, and in children of its own, while a third thread takes memory, files and descriptors away and
 * signals come; some of its children are traced, some become another program while a thread of theirs makes calls. The parent ends it when it hangs in a call that may wait for ever, prints which call ended how ("number errno count"), and ends with 77 when
 * the child is gone, whatever became of it. Not to be run natively: it is root there.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DONE = 77, PAGE = 4096, AREA = 4 * PAGE, CALLS = 470, OWN_CALLS = 600, ALL_CALLS = 640, ERRNOS = 135, CHILD_CALLS = 8, FDS = 40,
	TRACES = 12 };

/* One thread's random numbers and memory. */
struct attacker {
	unsigned long state;
	long calls;
	char *writable;
	int index;
};

static char *constant, *before_gap, *racing, *shared, *of_file;
static unsigned (*seen)[ERRNOS]; /* by call; ERRNOS - 1 also stands for what is no errno, 0 for success */
static pid_t parent;
static volatile pid_t attackers[2];

static const char *const paths[] = {
	"/", "/tmp", "/tmp/f", "/tmp/fuzz-dir", "/proc/self/maps", "/proc/self/mem", "/dev/null", "/dev/zero", "/dev/ptmx", "/dev/shm/f",
	"/tmp/../tmp/./f/", "", "/proc/self/fd/0", "/usr/fuzz/x", "/tmp/link", "//..//dev//zero", "/proc/self/fd/77", "/proc/net/tcp",
	"/tmp/fifo", "/tmp/fuzz-dir/a", ".", "..", "f", "/proc/self/status", "/proc/1/stat", "/proc/self/task", "/dev/tty", "user.x",
};

static unsigned long next(struct attacker *a)
{
	a->state ^= a->state << 13;
	a->state ^= a->state >> 7;
	a->state ^= a->state << 17;
	return a->state;
}

static unsigned long path_at(struct attacker *a, char *to)
{
	strcpy(to, paths[next(a) % (sizeof(paths) / sizeof(*paths))]);
	return (unsigned long)to;
}

static unsigned long argument(struct attacker *a)
{
	static const unsigned long edges[] = {-1ul, 0x7ffffffful, 0x80000000ul, 0xfffffffful, 0x7ffffffffffffffful, 0x8000000000000000ul,
		0x7ffff000ul, 0x7ffffffff000ul, 4095, 4097};

	switch (next(a) % 25) {
	case 0: return next(a);
	case 1: return -(next(a) % 5000);
	case 2: case 3: return next(a) % 40;
	case 4: return (unsigned long)a->writable + next(a) % AREA;
	case 5: return (unsigned long)constant + next(a) % PAGE;
	case 6: return (unsigned long)before_gap - next(a) % 64;
	case 7: return 0xffffffff81000000ul + next(a) % PAGE;
	case 8: return 0;
	case 9: return 0x7ffffffff000ul - next(a) % 16;
	case 10: return path_at(a, a->writable);
	case 11: return path_at(a, a->writable + PAGE);
	case 12: return 1ul << next(a) % 64;
	case 13: return next(a) % 70000;
	case 14: return -100;
	case 15: return (unsigned long)racing + next(a) % PAGE;
	case 16: return next(a) % 8;
	case 17: return (unsigned long)shared + next(a) % PAGE;
	case 18: return (unsigned long)a->writable + 2 * PAGE;
	case 19: return getpid();
	case 20: return edges[next(a) % (sizeof(edges) / sizeof(*edges))];
	case 21: return (unsigned long)of_file + next(a) % AREA; /* beyond its end now and then */
	case 22: return (unsigned long)of_file + PAGE - next(a) % 32;
	case 23: return (unsigned long)attackers[next(a) % 2];
	default: return 1ul << next(a) % 20;
	}
}

/* What structures may hold: pointers into all kinds of memory, small numbers, lengths. */
static void fill(struct attacker *a)
{
	unsigned long *at = (unsigned long *)(a->writable + 2 * PAGE);

	for (int i = 0; i < 32; i++)
		at[i] = argument(a);
}

/* Where the depth is: scheduling, descriptors of all kinds, waiting for them, memory, signals. */
static long favourite(struct attacker *a)
{
	static const short calls[] = {
		SYS_sched_setscheduler, SYS_sched_setparam, SYS_sched_setattr, SYS_sched_setaffinity, SYS_sched_yield, SYS_setpriority,
		SYS_getcpu, SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_preadv2, SYS_pwritev2, SYS_ioctl, SYS_fcntl,
		SYS_poll, SYS_ppoll, SYS_select, SYS_pselect6, SYS_epoll_ctl, SYS_epoll_wait, SYS_epoll_pwait2, SYS_sendmsg, SYS_recvmsg,
		SYS_sendto, SYS_recvfrom, SYS_accept4, SYS_connect, SYS_shutdown, SYS_setsockopt, SYS_getsockopt, SYS_sendfile, SYS_splice,
		SYS_copy_file_range, SYS_ftruncate, SYS_fallocate, SYS_dup2, SYS_dup3, SYS_close, SYS_futex, SYS_madvise, SYS_msync,
		SYS_process_vm_readv, SYS_process_vm_writev, SYS_rt_sigtimedwait, SYS_rt_sigqueueinfo, SYS_tgkill, SYS_timer_create,
		SYS_timer_settime, SYS_waitid, SYS_pidfd_send_signal, SYS_openat, SYS_getdents64, SYS_statx, SYS_mremap, SYS_mmap,
	};

	return calls[next(a) % (sizeof(calls) / sizeof(*calls))];
}

static int overlaps(const struct attacker *a, unsigned long start, unsigned long length)
{
	return length > 65536 || start + length > (1ul << 47) || (start < (unsigned long)a->writable + AREA && start + length > (unsigned long)a->writable);
}

/* What would end the parent. */
static int is_for_parent(long number, const unsigned long *a)
{
	switch (number) {
	case SYS_kill: case SYS_tkill: case SYS_tgkill: case SYS_rt_sigqueueinfo: case SYS_rt_tgsigqueueinfo:
		return (pid_t)a[0] <= 1 || (pid_t)a[0] == parent || (number == SYS_tgkill && (pid_t)a[1] == parent);
	case SYS_ptrace:
		return (pid_t)a[1] == parent;
	}
	return 0;
}

/* What takes away the memory that the caller itself uses. */
static int overwrites(const struct attacker *attacker, long number, const unsigned long *a)
{
	switch (number) {
	case SYS_mmap: case SYS_munmap: case SYS_mprotect: case SYS_mremap: case SYS_shmat: case SYS_madvise: case SYS_remap_file_pages:
		return overlaps(attacker, a[0], a[1]) || (number == SYS_mremap && overlaps(attacker, a[4], a[2])) || (number == SYS_mmap && (a[3] & 0x10));
	case SYS_brk:
		return a[0] != 0;
	}
	return 0;
}

/* What ends or changes the caller, so that a child of its own makes it. */
static int is_final(long number)
{
	switch (number) {
	case SYS_exit: case SYS_exit_group: case SYS_rt_sigreturn: case SYS_execve: case SYS_execveat: case SYS_pause: case SYS_rt_sigsuspend:
	case SYS_arch_prctl: case SYS_ptrace: case SYS_fork: case SYS_vfork: case SYS_clone: case SYS_clone3: case SYS_seccomp: case SYS_setrlimit:
	case SYS_prlimit64: case SYS_prctl: case SYS_close_range: case SYS_setuid: case SYS_setreuid: case SYS_setresuid: case SYS_chroot:
	case SYS_rt_sigprocmask: case SYS_rt_sigaction: case SYS_unshare: case SYS_sigaltstack: case SYS_munlockall: case SYS_rseq:
	case SYS_set_robust_list: case SYS_set_tid_address:
		return 1;
	}
	return 0;
}

static void make(long number, const unsigned long *a)
{
	long result = syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);

	if (number >= 0 && number < ALL_CALLS)
		__atomic_add_fetch(&seen[number][result != -1 ? 0 : errno < ERRNOS ? errno : ERRNOS - 1], 1, __ATOMIC_RELAXED);
}

static void one_call(struct attacker *attacker, int in_child)
{
	struct itimerval soon = {{0, 2000}, {0, 2000}};
	unsigned long kind = next(attacker) % 50;
	long number = kind == 0 ? (long)next(attacker) : kind == 1 ? (long)(OWN_CALLS + next(attacker) % 12)
		: kind < 20 ? favourite(attacker) : (long)(next(attacker) % CALLS);
	unsigned long a[6];
	sigset_t none;

	fill(attacker);
	for (int i = 0; i < 6; i++)
		a[i] = argument(attacker);
	if (next(attacker) % 3 == 0)
		a[0] = next(attacker) % FDS;
	if (number == SYS_ioctl && next(attacker) % 2)
		a[1] = 0x5400 + next(attacker) % 0x60; /* a terminal's */
	if (is_for_parent(number, a))
		return;
	if ((is_final(number) || overwrites(attacker, number, a)) && !in_child) {
		if (next(attacker) % 4 == 0 && syscall(SYS_fork) == 0) {
			setitimer(ITIMER_REAL, &soon, NULL);
			__atomic_add_fetch(&seen[number][0], 1, __ATOMIC_RELAXED); /* it may never be back */
			make(number, a);
			_exit(0);
		}
		return;
	}
	sigemptyset(&none);
	if (in_child)
		syscall(SYS_setitimer, 0, &soon, 0);
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, 0, 8);
	make(number, a);
}

static void ignore(int number)
{
	(void)number;
}

/* Descriptors come and go, and the file that is mapped grows and shrinks. */
static void race_files(unsigned turn)
{
	int fd = (int)(turn * 7 % FDS), other = (int)(turn * 11 % FDS);

	if (turn % 16 == 3)
		dup2(other, fd);
	if (turn % 64 == 5)
		close(fd);
	if (turn % 8 == 1)
		truncate("/tmp/mapped", turn / 8 % 2 ? 3 * PAGE : 100);
	if (turn % 32 == 7)
		mprotect(of_file, PAGE, turn / 32 % 2 ? PROT_READ : PROT_READ | PROT_WRITE);
}

static void *race(void *unused)
{
	(void)unused;
	for (unsigned turn = 0;; turn++) {
		race_files(turn);
		mprotect(racing, PAGE, PROT_NONE);
		mmap(racing, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		mprotect(racing, PAGE, PROT_READ);
		munmap(racing, PAGE);
		usleep(100);
		mmap(racing, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		kill(getpid(), SIGUSR1);
		for (int i = 0; i < 2; i++) /* out of whatever call they are in */
			syscall(SYS_tgkill, getpid(), attackers[i], SIGALRM);
	}
	return NULL;
}

static void *calls_on(void *argument)
{
	struct attacker *a = argument;

	for (;;)
		one_call(a, 1);
	return NULL;
}

/* A child becomes another program while a thread of it makes calls, and another one ends. */
static void exec_in_child(struct attacker *a)
{
	char *argv[] = {"/usr/fuzz", "end", NULL};
	pthread_t thread;

	if (syscall(SYS_fork) != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	pthread_create(&thread, NULL, calls_on, a);
	if (next(a) % 2)
		usleep(next(a) % 300);
	execv(argv[0], argv);
	_exit(0);
}

/* A child traces its parent, or one that it makes, with requests at random. */
static void trace_in_child(struct attacker *a)
{
	static const int requests[] = {PTRACE_CONT, PTRACE_SYSCALL, PTRACE_SINGLESTEP, PTRACE_INTERRUPT, PTRACE_GETREGS, PTRACE_SETREGS,
		PTRACE_PEEKDATA, PTRACE_POKEDATA, PTRACE_GETEVENTMSG, PTRACE_SETOPTIONS, PTRACE_LISTEN, PTRACE_GETSIGINFO, PTRACE_DETACH};
	pid_t tracee = getpid();
	unsigned long at = (unsigned long)a->writable + PAGE;

	if (syscall(SYS_fork) != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (next(a) % 2 && (tracee = (pid_t)syscall(SYS_fork)) == 0)
		calls_on(a);
	ptrace(next(a) % 2 ? PTRACE_SEIZE : PTRACE_ATTACH, tracee, 0, 0);
	for (int i = 0; i < TRACES; i++) {
		waitpid(tracee, NULL, WNOHANG | __WALL);
		ptrace(requests[next(a) % (sizeof(requests) / sizeof(*requests))], tracee, (void *)at, (void *)(next(a) % 2 ? at : next(a) % 70));
		usleep(next(a) % 200);
	}
	_exit(0);
}

static void *attack(void *argument)
{
	struct attacker *a = argument;

	attackers[a->index] = (pid_t)syscall(SYS_gettid);
	while (a->calls-- > 0) {
		if (next(a) % 200 == 0 && syscall(SYS_fork) == 0) { /* in another process, over what the two share */
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			for (int i = 0; i < CHILD_CALLS; i++)
				one_call(a, 1);
			_exit(0);
		}
		if (next(a) % 120 == 0)
			exec_in_child(a);
		if (next(a) % 150 == 0)
			trace_in_child(a);
		one_call(a, 0);
	}
	_exit(0);
}

/* Descriptors of all kinds below 40, so that random ones meet them. */
static void open_descriptors(void)
{
	int ends[2];
	sigset_t some;
	struct sockaddr_in any = {.sin_family = AF_INET};
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	sigemptyset(&some);
	sigaddset(&some, SIGUSR2);
	bind(listener, (struct sockaddr *)&any, sizeof(any));
	listen(listener, 4);
	pipe(ends);
	socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, ends);
	socket(AF_INET6, SOCK_DGRAM, 0);
	socket(AF_NETLINK, SOCK_RAW, 0);
	socket(AF_INET, SOCK_STREAM, 0);
	eventfd(3, 0);
	epoll_create1(0);
	timerfd_create(CLOCK_MONOTONIC, 0);
	signalfd(-1, &some, 0);
	inotify_init1(0);
	memfd_create("f", MFD_ALLOW_SEALING);
	open("/tmp", O_RDONLY | O_DIRECTORY);
	open("/tmp/f", O_RDWR | O_CREAT, 0600);
	open("/dev/ptmx", O_RDWR | O_NOCTTY);
	open("/proc/self/maps", O_RDONLY);
	open("/proc/self/mem", O_RDWR);
	open("/dev/zero", O_RDWR);
	open("/tmp/f", O_RDONLY | O_PATH);
	syscall(SYS_pidfd_open, getpid(), 0);
}

static void begin(unsigned long seed, long calls)
{
	struct attacker two[2];
	struct sigaction action = {.sa_handler = ignore, .sa_flags = seed & 1 ? SA_RESTART : 0};
	struct rlimit processes = {64, 64};
	pthread_t thread;
	int fd;

	sigaction(SIGALRM, &action, NULL);
	sigaction(SIGUSR1, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	setrlimit(RLIMIT_NPROC, &processes);
	chdir("/tmp");
	open_descriptors();
	fd = open("/tmp/mapped", O_RDWR | O_CREAT, 0600);
	ftruncate(fd, PAGE + 100);
	of_file = mmap(NULL, AREA, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	for (int i = 0; i < 2; i++)
		two[i] = (struct attacker){(seed * 2 + i) * 0x9e3779b97f4a7c15ul + 1, calls / 2,
			mmap(NULL, AREA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), i};
	pthread_create(&thread, NULL, race, NULL);
	if (seed & 2)
		pthread_create(&thread, NULL, attack, &two[1]);
	attack(&two[0]);
}

int main(int argc, char **argv)
{
	struct timespec tick = {0, 10000000};
	unsigned long seed = argc > 1 ? strtoul(argv[1], NULL, 0) : 1;
	pid_t child;

	if (argc > 1 && strcmp(argv[1], "end") == 0)
		return 0;

	parent = getpid();
	constant = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	racing = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	seen = mmap(NULL, ALL_CALLS * sizeof(*seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	before_gap = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	before_gap += PAGE;
	munmap(before_gap, PAGE);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	child = fork();
	if (child == 0) {
		int nowhere = open("/dev/null", O_RDWR);

		for (int fd = 0; fd <= 2; fd++)
			dup2(nowhere, fd); /* stdout is the parent's, for what was seen */
		setsid();
		begin(seed, argc > 2 ? atol(argv[2]) : 1000);
	}
	for (int i = 0; i < 200 && waitpid(child, NULL, WNOHANG) == 0; i++)
		nanosleep(&tick, NULL);
	kill(child, SIGKILL);
	for (;;) { /* orphans may have orphans */
		pid_t gone = waitpid(-1, NULL, WNOHANG);

		if (gone < 0 && errno == ECHILD)
			break;
		if (gone == 0) {
			kill(-1, SIGKILL);
			nanosleep(&tick, NULL);
		}
	}
	for (int call = 0; call < ALL_CALLS; call++)
		for (int error = 0; error < ERRNOS; error++)
			if (seen[call][error])
				printf("%d %d %u\n", call, error, seen[call][error]);
	return DONE;
}
