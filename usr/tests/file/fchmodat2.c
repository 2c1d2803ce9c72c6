/* fchmodat2(2) has flags: not through a symbolic link, and of the descriptor itself. */
#include "tests.h"
#include <sys/stat.h>

#define NR 452

static int mode_of(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 ? (int)(st.st_mode & 07777) : -1;
}

int main(void)
{
	int fd;

	enter_scratch("file-fchmodat2");
	fd = open("file", O_CREAT | O_RDWR, 0600);
	CHECK(fd >= 0 && symlink("file", "link") == 0);
	if (syscall(NR, AT_FDCWD, "file", 0640, 0) != 0 && errno == ENOSYS)
		return check_status(); /* before Linux 6.6 */
	CHECK(mode_of("file") == 0640);
	CHECK(syscall(NR, AT_FDCWD, "link", 0644, 0) == 0 && mode_of("file") == 0644);
	CHECK(syscall(NR, AT_FDCWD, "file", 0600, AT_SYMLINK_NOFOLLOW) == 0 && mode_of("file") == 0600);
	CHECK(syscall(NR, AT_FDCWD, "link", 0644, AT_SYMLINK_NOFOLLOW) == -1 && errno == EOPNOTSUPP);
	CHECK(syscall(NR, fd, "", 0755, AT_EMPTY_PATH) == 0 && mode_of("file") == 0755);
	CHECK(syscall(NR, fd, "", 0755, 0) == -1 && errno == ENOENT);
	CHECK(syscall(NR, AT_FDCWD, "file", 0600, AT_REMOVEDIR) == -1 && errno == EINVAL);
	CHECK(syscall(NR, AT_FDCWD, "none", 0600, 0) == -1 && errno == ENOENT);
	return check_status();
}
