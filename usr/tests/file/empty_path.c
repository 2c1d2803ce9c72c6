/* fchownat(2), utimensat(2): AT_EMPTY_PATH means the descriptor's file, with AT_FDCWD the working directory; no path at all too. */
#include "tests.h"

#include <sys/stat.h>
#include <unistd.h>

static long modified(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (long)st.st_mtime : -1;
}

int main(void)
{
	struct timespec early[2] = { { 1000, 0 }, { 2000, 0 } };
	struct timespec later[2] = { { 1000, 0 }, { 3000, 0 } };
	struct timeval third[2] = { { 1000, 0 }, { 4000, 0 } };
	int fd, path;

	enter_scratch("file-empty_path");
	CHECK((fd = open("f", O_RDWR | O_CREAT, 0644)) >= 0);
	CHECK((path = open("f", O_PATH)) >= 0);
	SHOW(fchownat(AT_FDCWD, "", -1, -1, AT_EMPTY_PATH));
	SHOW(fchownat(fd, "", -1, -1, AT_EMPTY_PATH));
	SHOW(fchownat(path, "", getuid(), -1, AT_EMPTY_PATH));
	SHOW(fchownat(AT_FDCWD, "", -1, -1, 0));
	SHOW(fchownat(AT_FDCWD, "f", -1, -1, 1));
	SHOW(syscall(SYS_utimensat, AT_FDCWD, "", early, AT_EMPTY_PATH));
	CHECK(modified(".") == 2000);
	SHOW(syscall(SYS_utimensat, fd, NULL, early, 0));
	CHECK(modified("f") == 2000);
	SHOW(syscall(SYS_utimensat, fd, "", later, AT_EMPTY_PATH));
	CHECK(modified("f") == 3000);
	SHOW(syscall(SYS_utimensat, fd, NULL, early, AT_SYMLINK_NOFOLLOW));
	SHOW(syscall(SYS_utimensat, path, NULL, early, 0));
	SHOW(syscall(SYS_utimensat, AT_FDCWD, NULL, early, 0));
	SHOW(syscall(SYS_utimensat, fd, "", early, 0));
	SHOW(syscall(SYS_futimesat, fd, NULL, third));
	CHECK(modified("f") == 4000);
	SHOW(syscall(SYS_futimesat, AT_FDCWD, NULL, third));
	return check_status();
}
