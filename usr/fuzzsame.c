/*
 * Random system calls that should end the same way on Linux and here: run natively and in the guest, in an empty directory as root, its
 * lines are to be equal. argv[1] is the seed, argv[2] the number of episodes. An episode is a child of its own, in a directory of its own, with
 * descriptors of all kinds: it makes some calls in a row, with arguments made from what the calls take, mostly sound, and prints for
 * each what became of it. Memory beyond what a call was given must stay as it was: whatever else changes is printed too.
 */
#include "fuzzsame.h"
#include "fuzzfds.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <asm/ioctls.h>

enum { PAGE = 4096, CALLS = 24, FDS = 46, SLOT = 512, WINDOWS = 40, LENGTH_MAX = 2 * PAGE, IOVECS = 4, PATTERN = 0x5a, TICK_US = 20000 };

/* Each followed by a page that is not there. */
static char *const data = (char *)0x200000000, *const readonly = (char *)0x200010000, *const arguments = (char *)0x200020000,
	*const of_file = (char *)0x200030000, *const scratch = (char *)0x200040000;
static const long data_size = 2 * PAGE, arguments_size = 2 * PAGE, scratch_size = 4 * PAGE;

static struct window { char *start; unsigned long length; } windows[WINDOWS];
static int window_count;
static unsigned long state, last_length;
static char before[2 * PAGE + 2 * PAGE];

static unsigned long next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545f4914f6cdd1dul >> 11;
}

static int one_in(unsigned n)
{
	return next() % n == 0;
}

static void may_change(char *start, unsigned long length)
{
	if (window_count < WINDOWS)
		windows[window_count++] = (struct window){start, length};
}

/* A pointer that is no good. */
static unsigned long bad_pointer(void)
{
	switch (next() % 7) {
	case 0: return 0;
	case 1: return 0xffffffff81000000ul;
	case 2: return 0x7ffffffff000ul;
	case 3: return 0x8000000000000000ul;
	case 4: return (unsigned long)data + data_size;
	case 5: return -1ul;
	default: return 1;
	}
}

static unsigned long length(void)
{
	switch (next() % 12) {
	case 0: return 0;
	case 1: return PAGE;
	case 2: return one_in(3) ? -1ul : one_in(2) ? 0x7fffffff : 0x80000000ul;
	case 3: return PAGE + next() % PAGE;
	case 4: return 8;
	default: return next() % 100;
	}
}

static unsigned long small(void)
{
	return one_in(12) ? -1ul : one_in(10) ? next() % 100 : next() % 9;
}

static unsigned long number(void)
{
	static const unsigned long edges[] = {-1ul, 0x7ffffffful, 0x80000000ul, 0xfffffffful, 0x7ffffffffffffffful, 0x8000000000000000ul, 1, 2, 0};

	return one_in(2) ? small() : one_in(2) ? edges[next() % 9] : one_in(2) ? 1ul << next() % 64 : 60000 + next() % 1000;
}

static unsigned long descriptor(void)
{
	return !one_in(8) ? next() % FDS : one_in(2) ? next() % 100 : number();
}

static unsigned long offset(void)
{
	switch (next() % 8) {
	case 0: return 0;
	case 1: return PAGE;
	case 2: return number();
	default: return next() % 200;
	}
}

/* A buffer in data, often at the end of a page that nothing follows; its length is an argument yet to come. */
static unsigned long buffer(int is_written)
{
	char *at;

	last_length = length();
	if (one_in(10))
		return bad_pointer();
	if (one_in(12))
		return (unsigned long)(is_written ? readonly : of_file + PAGE) + next() % 64;
	at = one_in(3) ? data + data_size - next() % (last_length + 8) % data_size : data + next() % PAGE;
	if (is_written)
		may_change(at, last_length);
	return (unsigned long)at;
}

static unsigned long vector(void)
{
	struct iovec *at = (struct iovec *)(arguments + next() % 4 * 16);

	if (one_in(10))
		return bad_pointer();
	for (int i = 0; i < IOVECS; i++) {
		at[i].iov_base = (void *)buffer(1);
		at[i].iov_len = last_length;
	}
	last_length = one_in(10) ? number() : next() % (IOVECS + 1);
	return (unsigned long)at;
}

static unsigned long path(int slot)
{
	static const char *const names[] = {"f", "f", "d", "d/g", "l", "loop", "missing", "f/x", "", "/proc/self/comm", "d/..", "./f", "d/", "fifo", "sock",
		"d/new", "new", "dangling", "missing/x", "d/../f", "/proc/self/comm/x", ".", "./", "user.x", "long"};
	char *at = arguments + slot * SLOT;
	const char *name = names[next() % (sizeof(names) / sizeof(*names))];

	if (one_in(16))
		return bad_pointer();
	if (one_in(16))
		return (unsigned long)strcpy(arguments + arguments_size - 2, "f"), (unsigned long)arguments + arguments_size - 1 - next() % 2;
	if (strcmp(name, "long") == 0)
		return (unsigned long)memset(at, 'n', 300), at[300] = 0, (unsigned long)at;
	return (unsigned long)strcpy(at, name);
}

/* Words at random, of which some are pointers and lengths; may be written. */
static unsigned long random_words(int slot)
{
	unsigned long *at = (unsigned long *)(arguments + slot * SLOT);

	if (one_in(8))
		return one_in(2) ? 0 : bad_pointer();
	if (one_in(12))
		return (unsigned long)readonly + PAGE - 1 - next() % 64;
	if (one_in(12)) {
		may_change(arguments + arguments_size - 64, 64);
		return (unsigned long)arguments + arguments_size - 1 - next() % 63;
	}
	for (int i = 0; i < SLOT / 8 - 2; i++)
		at[i] = one_in(3) ? 0 : one_in(3) ? (unsigned long)data + next() % PAGE : one_in(3) ? next() : one_in(2) ? small() : descriptor() | small() << 32;
	may_change((char *)at, SLOT);
	may_change(data, data_size); /* what the words point to */
	return (unsigned long)at;
}

static unsigned long words(int slot, unsigned long first, unsigned long second)
{
	unsigned long *at = (unsigned long *)(arguments + slot * SLOT);

	if (one_in(12))
		return bad_pointer();
	at[0] = first;
	at[1] = second;
	may_change((char *)at, 16);
	return (unsigned long)at;
}

static unsigned long address(int slot)
{
	static const unsigned char families[] = {AF_UNIX, AF_UNIX, AF_INET, AF_INET, AF_INET6, AF_NETLINK, 0, 99};
	char *at = arguments + slot * SLOT;

	if (one_in(12))
		return bad_pointer();
	memset(at, 0, 128);
	*(short *)at = families[next() % sizeof(families)];
	if (*(short *)at == AF_UNIX)
		strcpy(at + 2, one_in(2) ? "sock" : one_in(2) ? "new" : "missing/x");
	else if (*(short *)at == AF_INET)
		*(unsigned *)(at + 4) = htonl(INADDR_LOOPBACK), *(unsigned short *)(at + 2) = one_in(2) ? 0 : htons(1);
	return (unsigned long)at;
}

static unsigned long flags_of(unsigned mask)
{
	unsigned long chosen = 0;

	if (one_in(10))
		return number();
	for (int i = one_in(2) ? 1 : (int)(next() % 4); i > 0; i--)
		chosen |= 1ul << next() % 32 & mask;
	return chosen;
}

/* The length of the buffer before; now and then another one, and then all behind it may change. */
static unsigned long other_length(void)
{
	if (!one_in(16))
		return last_length;
	may_change(data, data_size);
	return length();
}

static unsigned long argument(char kind, int slot, const struct row *row)
{
	static const unsigned ioctls[] = {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, FIOASYNC, TIOCGPTN, TIOCSPTLCK, TIOCOUTQ, TIOCGPGRP,
		TIOCGSID, FIGETBSZ, FS_IOC_GETFLAGS, SIOCATMARK, SIOCGIFNAME, SIOCGIFFLAGS, SIOCGIFINDEX, TCFLSH, TCSBRK, TIOCEXCL, TIOCGPTPEER, FIOQSIZE};
	static const unsigned char lengths[] = {0, 1, 2, 4, 8, 16, 16, 28, 110, 128, 255};

	switch (kind) {
	case 'f': return descriptor();
	case 'D': return !one_in(4) ? (unsigned long)AT_FDCWD : one_in(2) ? 6 : descriptor();
	case 'p': return path(slot);
	case 'b': return buffer(1);
	case 'w': return buffer(0);
	case 'n': return other_length();
	case 'v': return vector();
	case 'r': return random_words(slot);
	case 't': return one_in(6) ? 0 : words(slot, one_in(10) ? number() : 0, one_in(8) ? number() : next() % 1000000);
	case 'a': return address(slot);
	case 'l': return lengths[next() % sizeof(lengths)];
	case 'L': return words(slot, one_in(6) ? number() : lengths[next() % sizeof(lengths)], 0);
	case 'k': return words(slot, one_in(2) ? 0 : next() & ~(1ul << (SIGALRM - 1)), 0);
	case 'g': return one_in(5) ? next() % 100 : 8;
	case 'x': return flags_of(row->flags);
	case 'z': return small();
	case 'i': return number();
	case 'P': return one_in(2) ? (unsigned long)getpid() : one_in(2) ? 0 : one_in(2) ? -1ul : 0x7ffffffful;
	case 'c': return ioctls[next() % (sizeof(ioctls) / sizeof(*ioctls))];
	case 'o': return offset();
	case 'O': return one_in(2) ? 0 : words(slot, offset(), 0);
	case 's': return one_in(2) ? 0 : next() % 70 == SIGALRM ? 0 : SIGUSR2;
	case 'A': last_length = one_in(8) ? length() : next() % 5 * PAGE;
		return (unsigned long)scratch + next() % 4 * PAGE + (one_in(8) ? next() % PAGE : 0);
	default: return 0;
	}
}

/* What changed that must not have. */
static long damage(void)
{
	for (long i = 0; i < data_size + arguments_size; i++) {
		char *at = i < data_size ? data + i : arguments + i - data_size;
		int is_open = 0;

		if (*at == before[i])
			continue;
		for (int w = 0; w < window_count; w++)
			is_open |= at >= windows[w].start && (unsigned long)(at - windows[w].start) < windows[w].length;
		if (!is_open)
			return i + 1;
	}
	for (int i = 0; i < PAGE; i++)
		if (readonly[i] != PATTERN)
			return -i - 1;
	return 0;
}

static unsigned hash(void)
{
	unsigned sum = 0;

	for (long i = 0; i < data_size; i++)
		sum = sum * 31 + (unsigned char)data[i];
	return sum;
}

/* What this descriptor gives is the same everywhere. */
static int is_certain(unsigned long fd)
{
	struct stat status, here;

	if (fstat((int)fd, &status) != 0 || stat("/proc/self/cwd", &here) != 0)
		return 1;
	return S_ISREG(status.st_mode) ? status.st_dev == here.st_dev : S_ISFIFO(status.st_mode) || (S_ISSOCK(status.st_mode) && fd != 33);
}

static int one_call(int index, char *line)
{
	struct itimerval tick = {{0, TICK_US}, {0, TICK_US}};
	const struct row *row = &rows[next() % ROWS];
	unsigned long a[6] = {0};
	sigset_t none;
	int length, is_hashed;
	long result, damaged;

	window_count = 0;
	last_length = 0;
	memset(data, PATTERN, data_size);
	memset(arguments, PATTERN, arguments_size);
	for (int i = 0; row->shape[i]; i++)
		a[i] = argument(row->shape[i], i, row);
	is_hashed = row->compared == 1 && (row->shape[0] != 'f' || is_certain(a[0]));
	memcpy(before, data, data_size);
	memcpy(before + data_size, arguments, arguments_size);
	length = sprintf(line, "%d %s(", index, row->name);
	for (int i = 0; row->shape[i]; i++)
		length += a[i] == (unsigned long)getpid() ? sprintf(line + length, "self ") : sprintf(line + length, "%lx ", a[i]);
	length += sprintf(line + length, ") = ");
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setitimer(ITIMER_REAL, &tick, NULL);
	result = syscall(row->number, a[0], a[1], a[2], a[3], a[4], a[5]);
	if (result == -1)
		length += sprintf(line + length, "%s", strerrorname_np(errno) ? strerrorname_np(errno) : "?");
	else
		length += sprintf(line + length, "%ld", row->compared == 2 || result == getpid() ? 0 : result);
	damaged = damage();
	if (damaged)
		length += sprintf(line + length, " DAMAGE at %ld", damaged);
	if (is_hashed)
		length += sprintf(line + length, " #%x", hash());
	return length + sprintf(line + length, "\n");
}

static void ignore(int number)
{
	(void)number;
}

static void *map(char *at, long size, int protection, int flags, int fd)
{
	return mmap(at, size, protection, flags | MAP_FIXED, fd, 0);
}

/* Never comes back. */
static void episode(unsigned long seed, int index, char *lines)
{
	struct sigaction action = {.sa_handler = ignore};
	char name[32];
	int file;

	setsid();
	file = open("/dev/null", O_RDWR);
	for (int fd = 0; fd < 3; fd++)
		dup2(file, fd); /* what they were is for the parent's lines */
	close(file);
	state = (seed << 20 | (unsigned long)index) * 0x9e3779b97f4a7c15ul | 1;
	sigaction(SIGALRM, &action, NULL);
	sigaction(SIGUSR2, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	sprintf(name, "w%d", index);
	if (mkdir(name, 0755) != 0 || chdir(name) != 0)
		_exit(1);
	file = open("f", O_RDWR | O_CREAT, 0644);
	for (int i = 0; i < 10; i++)
		write(file, "a file's content", 10);
	mkdir("d", 0755);
	close(open("d/g", O_RDWR | O_CREAT, 0644));
	symlink("f", "l");
	symlink("loop", "loop");
	symlink("nowhere", "dangling");
	mkfifo("fifo", 0644);
	map(data, data_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	memset(map(readonly, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1), PATTERN, PAGE);
	mprotect(readonly, PAGE, PROT_READ);
	map(arguments, arguments_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	map(of_file, data_size, PROT_READ | PROT_WRITE, MAP_SHARED, file); /* its second page is beyond the end */
	map(scratch, scratch_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	close(file);
	open_descriptors();
	for (int i = 0; i < CALLS; i++)
		lines += one_call(i, lines);
	_exit(0);
}

int main(int argc, char **argv)
{
	unsigned long seed = argc > 1 ? strtoul(argv[1], NULL, 0) : 1;
	int episodes = argc > 2 ? atoi(argv[2]) : 10;
	struct rlimit descriptors = {256, 256};
	char *lines = mmap(NULL, CALLS * 256, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	setrlimit(RLIMIT_NOFILE, &descriptors);
	umask(022);
	for (int i = 3; i < 256; i++)
		close(i);
	for (int i = 0; i < episodes; i++) {
		int status;
		pid_t child;

		fflush(stdout);
		memset(lines, 0, CALLS * 256);
		child = fork();
		if (child == 0)
			episode(seed, i, lines);
		if (child < 0 || waitpid(child, &status, 0) != child)
			return 1;
		printf("episode %d of seed %lu ends with %x\n%s", i, seed, status, lines);
	}
	return 0;
}
