/*
 * Random calls on random paths, for lego fuzz paths, in a root directory full of links that lead out of it while somebody on the
 * host exchanges directories for such links. argv[1] is the seed, argv[2] the number of calls. Two processes make them, so they
 * race with each other too. Ends with 77; with 99 when something of the outside was read. Runs only where /fuzz-root exists.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { DONE = 77, ESCAPED = 99, NOT_HERE = 98, PATH_BYTES = 4096 };

static const char *const names[] = {
	"a", "b", "c", "out", "up", "etc", "abs", "self", "loop", "secret", "marker", "f", "g", "..", ".", "", "proc", "root",
	".lego-storage", ".wh.a", "\377\001", "deep", "proc/self/root", "proc/self/cwd", "proc/self/fd/3", "dev/fd/4", "tmp", "hard",
};
static unsigned long state;

static unsigned long next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static const char *any_path(void)
{
	static char paths[4][PATH_BYTES];
	static int turn;
	char *path = paths[turn++ % 4];
	int depth = 1 + next() % (next() % 4 ? 2 : 5);

	*path = 0;
	for (int i = 0; i < depth; i++) {
		if (next() % 40)
			strcat(path, i || next() % 3 ? "/" : "");
		strcat(path, names[next() % (next() % 3 ? 15 : sizeof(names) / sizeof(*names))]);
	}
	if (next() % 100 == 0) {
		memset(path, 'n', 300);
		path[300] = 0;
	}
	return path;
}

static void look(const char *path, const char *bytes, long length)
{
	if (length > 0 && memmem(bytes, length, "the host's secret", 17)) {
		printf("%s shows the outside\n", path);
		exit(ESCAPED);
	}
}

/* Also through a mapping; write looks at it, because a page behind the file's end is EFAULT there and no signal. */
static void read_all(const char *path, int fd)
{
	char buffer[8192];
	int tube[2];

	look(path, buffer, read(fd, buffer, sizeof buffer));
	void *map = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return;
	if (pipe(tube) == 0) {
		if (write(tube[1], map, 64) > 0)
			look(path, buffer, read(tube[0], buffer, sizeof buffer));
		close(tube[0]);
		close(tube[1]);
	}
	munmap(map, 4096);
}

static void list_all(const char *path, int fd)
{
	char buffer[8192];
	long length = syscall(SYS_getdents64, fd, buffer, sizeof buffer);

	if (length > 0 && memmem(buffer, length, "host-only", 9)) {
		printf("%s lists the outside\n", path);
		exit(ESCAPED);
	}
}

static void open_some(const char *path, int directory)
{
	static const int flags[] = {O_RDONLY, O_RDWR, O_RDWR | O_CREAT, O_WRONLY | O_TRUNC, O_RDONLY | O_DIRECTORY, O_PATH,
		O_RDONLY | O_NOFOLLOW, O_RDWR | O_CREAT | O_EXCL, O_RDWR | O_APPEND, O_RDWR | O_TMPFILE};
	int chosen = flags[next() % (sizeof(flags) / sizeof(*flags))];
	int fd = openat(directory, path, chosen | O_NONBLOCK, 0644);

	if (fd < 0)
		return;
	read_all(path, fd);
	list_all(path, fd);
	if (next() % 3 == 0 && write(fd, "written by the guest", 20) > 0 && next() % 4 == 0)
		fsync(fd);
	if (next() % 8 == 0)
		fchmod(fd, 0600);
	if (next() % 8 == 0)
		ftruncate(fd, next() % 100);
	if (next() % 20 == 0)
		fchdir(fd);
	if (next() % 3 == 0 && fd < 6)
		return; /* /proc/self/fd has something to show */
	close(fd);
}

static void bind_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strncpy(address.sun_path, path, sizeof address.sun_path - 1);
	bind(fd, (struct sockaddr *)&address, sizeof address);
	close(fd);
}

static void call(void)
{
	const char *path = any_path();
	int directory = next() % 6 ? AT_FDCWD : (int)(next() % 8);
	char buffer[PATH_BYTES];
	struct stat stat;
	struct statfs fs;

	switch (next() % 22) {
	case 0: case 1: case 2: case 3: case 4: open_some(path, directory); break;
	case 5: mkdirat(directory, path, 0755); break;
	case 6: unlinkat(directory, path, next() % 2 ? AT_REMOVEDIR : 0); break;
	case 7: case 8: renameat2(directory, path, AT_FDCWD, any_path(), next() % 3); break;
	case 9: linkat(directory, path, AT_FDCWD, any_path(), next() % 2 ? AT_SYMLINK_FOLLOW : 0); break;
	case 10: case 11: symlinkat(path, AT_FDCWD, any_path()); break;
	case 12: look(path, buffer, readlinkat(directory, path, buffer, sizeof buffer)); break;
	case 13: fchmodat(directory, path, 0644, 0); break;
	case 14: fchownat(directory, path, next() % 3, next() % 3, next() % 2 ? AT_SYMLINK_NOFOLLOW : 0); break;
	case 15: utimensat(directory, path, NULL, next() % 2 ? AT_SYMLINK_NOFOLLOW : 0); break;
	case 16: truncate(path, next() % 100); break;
	case 17: (next() % 2 ? setxattr : lsetxattr)(path, "user.x", "x", 1, 0); break;
	case 18: mknodat(directory, path, next() % 2 ? S_IFIFO | 0600 : S_IFREG | 0600, 0); break;
	case 19: bind_at(path); break;
	case 20: chdir(next() % 3 ? path : "/"); break;
	default: fstatat(directory, path, &stat, 0); statfs(path, &fs); access(path, next() % 8); break;
	}
}

int main(int argc, char **argv)
{
	long calls = argc > 2 ? atol(argv[2]) : 100;
	int status;

	if (access("/fuzz-root", F_OK) != 0)
		return NOT_HERE;
	state = (argc > 1 ? strtoul(argv[1], NULL, 0) : 1) * 0x9e3779b97f4a7c15ul | 1;
	pid_t other = fork();
	if (other == 0)
		state = ~state;
	alarm(110);
	while (calls-- > 0)
		call();
	if (other == 0)
		return DONE;
	if (waitpid(other, &status, 0) != other || !WIFEXITED(status))
		return 1;
	return WEXITSTATUS(status);
}
