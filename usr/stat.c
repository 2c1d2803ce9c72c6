/* stat in all its forms: types, modes, sizes, links and times that the program itself sets. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/sysmacros.h>
#include <time.h>

#include "check.h"

static const char *type_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG: return "regular file";
	case S_IFDIR: return "directory";
	case S_IFLNK: return "symbolic link";
	case S_IFCHR: return "character device";
	case S_IFIFO: return "pipe";
	case S_IFSOCK: return "socket";
	default: return "unknown";
	}
}

static void show(const char *name, int result, const struct stat *st)
{
	if (result != 0) {
		printf("%s: %s\n", name, strerror(errno));
		return;
	}
	printf("%s: %s, mode %04o", name, type_of(st->st_mode), st->st_mode & 07777);
	if (S_ISREG(st->st_mode))
		printf(", links %lu, size %ld, mtime %ld", (unsigned long)st->st_nlink, (long)st->st_size, (long)st->st_mtime);
	if (S_ISCHR(st->st_mode))
		printf(", device %u:%u", major(st->st_rdev), minor(st->st_rdev));
	printf("\n");
}

static void make_file(const char *name, const char *content, mode_t mode)
{
	struct timespec times[2] = { { 1000, 0 }, { 1234567890, 500 } };
	int fd = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0600);

	CHECK(fd >= 0 && write(fd, content, strlen(content)) == (ssize_t)strlen(content));
	CHECK(fchmod(fd, mode) == 0);
	close(fd);
	CHECK(utimensat(AT_FDCWD, name, times, 0) == 0);
}

int main(void)
{
	struct stat st, other;
	struct statx stx;
	int pipe_ends[2];

	enter_scratch("stat");
	umask(022);
	unlink("plain");
	unlink("linked");
	unlink("symbolic");
	make_file("plain", "0123456789", 0640);
	show("plain", stat("plain", &st), &st);
	CHECK(st.st_uid == getuid() && st.st_atime == 1000 && st.st_mtim.tv_nsec == 500);
	CHECK(chmod("plain", 04755) == 0);
	show("plain after chmod", stat("plain", &st), &st);
	CHECK(truncate("plain", 100000) == 0);
	CHECK(stat("plain", &st) == 0 && st.st_size == 100000);
	CHECK(link("plain", "linked") == 0);
	CHECK(stat("plain", &st) == 0 && stat("linked", &other) == 0 && st.st_ino == other.st_ino && st.st_nlink == 2);
	CHECK(symlink("plain", "symbolic") == 0);
	CHECK(stat("symbolic", &other) == 0 && st.st_ino == other.st_ino);
	show("symbolic", lstat("symbolic", &st), &st);
	show("fstatat nofollow", fstatat(AT_FDCWD, "symbolic", &st, AT_SYMLINK_NOFOLLOW), &st);
	CHECK(st.st_size == 5);
	show("directory", stat(".", &st), &st);
	show("/dev/null", stat("/dev/null", &st), &st);
	show("/dev/zero", stat("/dev/zero", &st), &st);
	CHECK(pipe(pipe_ends) == 0);
	show("pipe", fstat(pipe_ends[0], &st), &st);
	show("missing", stat("missing", &st), &st);
	show("file as directory", stat("plain/x", &st), &st);
	show("empty path", stat("", &st), &st);
	show("closed fd", fstat(999, &st), &st);

	CHECK(statx(AT_FDCWD, "plain", 0, STATX_BASIC_STATS, &stx) == 0);
	printf("statx: size %llu, mode %o, links %u\n", (unsigned long long)stx.stx_size, stx.stx_mode, stx.stx_nlink);
	CHECK(access("plain", R_OK | W_OK) == 0);
	SHOW(access("missing", F_OK));
	SHOW(faccessat(AT_FDCWD, "plain", F_OK, 0));
	SHOW(stat(nowhere, &st));
	unlink("linked");
	unlink("symbolic");
	unlink("plain");
	return check_status();
}
