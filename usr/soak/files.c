/* Files: an operation is one file or directory that is made, used and removed in one of several ways. */
#include "soak.h"
#include <dirent.h>
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/stat.h>

static char data[20000];

static void prepare(const char *self)
{
	(void)self;
	memset(data, 'x', sizeof(data));
	MUST((mkdir("/tmp/soak", 0700) == 0 || errno == EEXIST) && chdir("/tmp/soak") == 0);
}

static int made(const char *name, size_t size)
{
	int fd = open(name, O_RDWR | O_CREAT | O_EXCL, 0600);

	MUST(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	return fd;
}

static void plain(unsigned long i)
{
	size_t size = i * 7919 % sizeof(data);
	int fd = made("plain", size);
	char back[64];

	MUST(pread(fd, back, sizeof(back), 0) == (ssize_t)(size < sizeof(back) ? size : sizeof(back)));
	MUST(close(fd) == 0 && unlink("plain") == 0);
}

static void removed_while_open(void)
{
	int fd = made("open", 5000);
	int other = dup(fd);

	MUST(unlink("open") == 0 && pwrite(fd, data, 100, 30000) == 100 && close(fd) == 0);
	MUST(lseek(other, 0, SEEK_END) == 30100 && close(other) == 0);
}

static void mapped(int flags)
{
	int fd = made("mapped", 9000);
	char *at = mmap(NULL, 12288, PROT_READ | PROT_WRITE, flags, fd, 0);

	MUST(at != MAP_FAILED && at[8999] == 'x');
	at[100] = 'y';
	if (flags == MAP_SHARED)
		MUST(msync(at, 12288, MS_SYNC) == 0);
	MUST(close(fd) == 0 && munmap(at, 12288) == 0 && unlink("mapped") == 0);
}

static void renamed(void)
{
	close(made("one", 10));
	close(made("two", 20));
	MUST(rename("one", "two") == 0 && link("two", "three") == 0 && symlink("three", "four") == 0);
	MUST(unlink("four") == 0 && unlink("three") == 0 && unlink("two") == 0);
}

static void directories(unsigned long i)
{
	char name[64];
	DIR *directory;
	int count = 0;

	snprintf(name, sizeof(name), "directory-%lu", i);
	MUST(mkdir(name, 0700) == 0 && chdir(name) == 0);
	close(made("inside", 1));
	MUST((directory = opendir(".")) != NULL);
	while (readdir(directory))
		count++;
	MUST(closedir(directory) == 0 && count == 3);
	MUST(unlink("inside") == 0 && chdir("..") == 0 && rmdir(name) == 0);
}

static void sparse_and_cut(void)
{
	int fd = made("sparse", 100);

	MUST(ftruncate(fd, 1 << 20) == 0 && pwrite(fd, data, 4096, 900000) == 4096 && ftruncate(fd, 10) == 0);
	MUST(close(fd) == 0 && truncate("sparse", 0) == 0 && unlink("sparse") == 0);
}

static void watched(void)
{
	int watcher = inotify_init1(0);

	MUST(watcher >= 0 && inotify_add_watch(watcher, ".", IN_CREATE | IN_DELETE) >= 0);
	close(made("watched", 1));
	MUST(unlink("watched") == 0 && close(watcher) == 0);
}

static void locked(void)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 10};
	int fd = made("locked", 100);

	MUST(fcntl(fd, F_SETLK, &lock) == 0 && close(fd) == 0 && unlink("locked") == 0);
}

/* Left to the end of the process. */
static void left_open(void)
{
	pid_t child = fork();

	if (child == 0) {
		made("left", 100);
		MUST(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) != NULL && opendir("/tmp") != NULL);
		_exit(0);
	}
	MUST(ended_with(child) == 0 && unlink("left") == 0);
}

static void missing(void)
{
	MUST(open("nothing", O_RDONLY) < 0 && errno == ENOENT && unlink("nothing") < 0 && rename("nothing", "else") < 0);
	MUST(open("plain/x", O_CREAT | O_RDWR, 0600) < 0);
}

static void operate(unsigned long i)
{
	switch (i % 16) {
	case 1: removed_while_open(); break;
	case 2: mapped(MAP_PRIVATE); break;
	case 3: mapped(MAP_SHARED); break;
	case 5: renamed(); break;
	case 7: directories(i); break;
	case 9: sparse_and_cut(); break;
	case 10: watched(); break;
	case 11: locked(); break;
	case 13: missing(); break;
	case 15: left_open(); break;
	default: plain(i);
	}
}
