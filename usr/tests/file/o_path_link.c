#include "file.h"

/* open(2): what a descriptor of a symbolic link (O_PATH | O_NOFOLLOW) is good for. */
int main(void)
{
	char target[64], name[64];
	struct stat stat;
	char byte;
	enter_empty("o_path_link");
	put("f", "x");
	symlink("f", "l");
	symlink("nowhere", "dangling");
	int fd = open("l", O_PATH | O_NOFOLLOW);
	CHECK(fd >= 0 && readlinkat(fd, "", target, sizeof target) == 1);
	FAILS(read(fd, &byte, 1), EBADF);
	FAILS(fchmod(fd, 0600), EBADF);
	CHECK(fstatat(fd, "", &stat, AT_EMPTY_PATH) == 0 && S_ISLNK(stat.st_mode) && stat.st_size == 1);
	sprintf(name, "/proc/self/fd/%d", fd);
	long length = readlink(name, target, sizeof target);
	CHECK(length > 2 && memcmp(target + length - 2, "/l", 2) == 0);
	CHECK(rename("l", "k") == 0);
	length = readlink(name, target, sizeof target);
	CHECK(length > 2 && memcmp(target + length - 2, "/k", 2) == 0);
	fd = open("dangling", O_PATH | O_NOFOLLOW);
	CHECK(fd >= 0 && fstat(fd, &stat) == 0 && S_ISLNK(stat.st_mode));
	FAILS(open("dangling", O_PATH), ENOENT);
	FAILS(open("k", O_PATH | O_NOFOLLOW | O_DIRECTORY), ENOTDIR);
	int regular = open("f", O_PATH);
	FAILS(readlinkat(regular, "", target, sizeof target), ENOENT);
	return check_status();
}
