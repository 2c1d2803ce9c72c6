#include "file.h"
#include <sys/syscall.h>

/* A removed directory that is open: it has no entries, no way in, and links to nothing. */
int main(void)
{
	char buffer[1024];
	struct stat stat;
	enter_empty("dir_removed");
	mkdir("d", 0755);
	mkdir("e", 0755);
	int dir = open("d", O_RDONLY | O_DIRECTORY);
	CHECK(rmdir("d") == 0);
	CHECK(fstat(dir, &stat) == 0 && S_ISDIR(stat.st_mode) && stat.st_nlink == 0);
	FAILS(openat(dir, "f", O_CREAT | O_RDWR, 0644), ENOENT);
	FAILS(mkdirat(dir, "g", 0755), ENOENT);
	CHECK(syscall(SYS_getdents64, dir, buffer, sizeof buffer) <= 0);
	CHECK(mkdir("d", 0755) == 0);
	put("d/other", "x");
	FAILS(openat(dir, "other", O_RDONLY), ENOENT);
	dir = open("e", O_RDONLY | O_DIRECTORY);
	mkdir("s", 0755);
	CHECK(rename("s", "e") == 0 && fstat(dir, &stat) == 0 && stat.st_nlink == 0);
	FAILS(openat(dir, "f", O_CREAT | O_RDWR, 0644), ENOENT);
	return check_status();
}
