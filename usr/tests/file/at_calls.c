#include "file.h"

/* openat(2) and its relatives, by a directory that is renamed meanwhile. */
int main(void)
{
	char target[8];
	enter_empty("at_calls");
	mkdir("d", 0755);
	int dir = open("d", O_RDONLY | O_DIRECTORY);
	CHECK(mkdirat(dir, "e", 0755) == 0 && symlinkat("e", dir, "l") == 0 && exists("d/e"));
	int fd = openat(dir, "f", O_CREAT | O_RDWR, 0644);
	CHECK(fd >= 0 && write(fd, "x", 1) == 1 && holds("d/f", "x"));
	CHECK(rename("d", "moved") == 0);
	CHECK(readlinkat(dir, "l", target, 8) == 1 && renameat(dir, "f", dir, "g") == 0 && holds("moved/g", "x"));
	CHECK(linkat(dir, "g", AT_FDCWD, "h", 0) == 0 && holds("h", "x"));
	CHECK(unlinkat(dir, "e", AT_REMOVEDIR) == 0 && unlinkat(dir, "g", 0) == 0 && entries("moved") == 1);
	FAILS(openat(fd, "x", O_RDONLY), ENOTDIR);
	FAILS(openat(-1, "x", O_RDONLY), EBADF);
	return check_status();
}
