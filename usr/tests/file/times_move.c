#include "file.h"

/* Which calls change which times. */
int main(void)
{
	struct stat a, b;
	struct timespec old[2] = {{1000, 0}, {1000, 0}};
	enter_empty("times_move");
	put("f", "x");
	utimensat(AT_FDCWD, "f", old, 0);
	CHECK(lstat("f", &a) == 0 && chmod("f", 0600) == 0 && lstat("f", &b) == 0);
	CHECK(b.st_mtim.tv_sec == 1000);
	int fd = open("f", O_RDWR);
	CHECK(write(fd, "y", 1) == 1 && fstat(fd, &b) == 0 && b.st_mtim.tv_sec > 1000);
	utimensat(AT_FDCWD, "f", old, 0);
	CHECK(ftruncate(fd, 10) == 0 && fstat(fd, &b) == 0 && b.st_mtim.tv_sec > 1000);
	utimensat(AT_FDCWD, "f", old, 0);
	CHECK(rename("f", "g") == 0 && lstat("g", &b) == 0 && b.st_mtim.tv_sec == 1000);
	mkdir("d", 0755);
	utimensat(AT_FDCWD, "d", old, 0);
	CHECK(put("d/x", "") == 0 && lstat("d", &b) == 0 && b.st_mtim.tv_sec > 1000);
	utimensat(AT_FDCWD, "d", old, 0);
	CHECK(put("d/x", "more") == 4 && lstat("d", &b) == 0 && b.st_mtim.tv_sec == 1000);
	CHECK(unlink("d/x") == 0 && lstat("d", &b) == 0 && b.st_mtim.tv_sec > 1000);
	return check_status();
}
