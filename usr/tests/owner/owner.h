/* What the tests of owners share: doing things as other users, which only root can; for others they pass without a word. */
#include "tests.h"

#include <grp.h>
#include <sys/stat.h>
#include <sys/xattr.h>

/* Like CHECK, but silent when it holds: what is checked depends on who runs the test. */
#define EXPECT(condition) ((condition) ? (void)0 : (void)check_line(0, #condition))
#define REFUSED(call, error) EXPECT((call) == -1 && errno == (error))

/* A working directory of the test's own that everybody may search; whether the rest of the test can be done. */
static inline int enter_as_root(const char *test)
{
	char name[64];

	snprintf(name, sizeof name, "owner-%s", test);
	alarm(60);
	umask(0);
	enter_scratch(name);
	if (geteuid() != 0)
		return 0;
	EXPECT(chmod(".", 0755) == 0);
	return 1;
}

static inline void make(const char *path, int mode, int uid, int gid)
{
	int fd;

	unlink(path);
	fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);
	EXPECT(fd >= 0 && write(fd, "text", 4) == 4);
	close(fd);
	EXPECT(chown(path, uid, gid) == 0 && chmod(path, mode) == 0);
}

static inline void make_dir(const char *path, int mode, int uid, int gid)
{
	EXPECT((mkdir(path, 0700) == 0 || errno == EEXIST) && chown(path, uid, gid) == 0 && chmod(path, mode) == 0);
}

static inline int opens(const char *path, int flags)
{
	int fd = open(path, flags);

	if (fd < 0)
		return -1;
	close(fd);
	return 0;
}

static inline int mode_of(const char *path)
{
	struct stat stat;

	return lstat(path, &stat) ? -1 : (int)(stat.st_mode & 07777);
}

static inline int uid_of(const char *path)
{
	struct stat stat;

	return lstat(path, &stat) ? -1 : (int)stat.st_uid;
}

static inline int gid_of(const char *path)
{
	struct stat stat;

	return lstat(path, &stat) ? -1 : (int)stat.st_gid;
}

/* Runs a function in a child of that user and group, with the supplementary groups up to the first 0. */
static inline void as(int uid, int gid, const gid_t *groups, void (*function)(void))
{
	size_t count = 0;
	pid_t child;

	while (groups && groups[count])
		count++;
	fflush(stdout);
	child = fork();
	if (child == 0) {
		check_failures = 0;
		EXPECT(setgroups(count, groups) == 0 && setgid(gid) == 0 && setuid(uid) == 0);
		function();
		fflush(stdout);
		_exit(check_failures != 0);
	}
	EXPECT(wait_for(child) == 0);
}

static inline void as_user(int uid, void (*function)(void))
{
	as(uid, uid, NULL, function);
}
