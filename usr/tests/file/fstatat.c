#include "file.h"

/* fstatat(2): directory descriptors, AT_EMPTY_PATH, AT_SYMLINK_NOFOLLOW. */
int main(void)
{
	struct stat a, b;
	enter_empty("fstatat");
	mkdir("d", 0755);
	put("d/f", "x");
	symlink("f", "d/l");
	int dir = open("d", O_RDONLY), file = open("d/f", O_RDONLY);
	CHECK(fstatat(dir, "f", &a, 0) == 0 && fstat(file, &b) == 0 && a.st_ino == b.st_ino);
	CHECK(fstatat(file, "", &a, AT_EMPTY_PATH) == 0 && a.st_ino == b.st_ino);
	CHECK(fstatat(dir, "l", &a, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(a.st_mode));
	CHECK(fstatat(dir, "l", &a, 0) == 0 && a.st_ino == b.st_ino);
	FAILS(fstatat(file, "x", &a, 0), ENOTDIR);
	FAILS(fstatat(-1, "x", &a, 0), EBADF);
	FAILS(fstatat(dir, "", &a, 0), ENOENT);
	return check_status();
}
