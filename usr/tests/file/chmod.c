#include "file.h"

/* chmod(2), fchmod(2), fchmodat(2). */
int main(void)
{
	struct stat stat;
	enter_empty("chmod");
	put("f", "");
	CHECK(chmod("f", 0751) == 0 && lstat("f", &stat) == 0 && (stat.st_mode & 07777) == 0751);
	int fd = open("f", O_RDONLY), dir = open(".", O_RDONLY);
	CHECK(fchmod(fd, 04711) == 0 && fstat(fd, &stat) == 0 && (stat.st_mode & 07777) == 04711);
	CHECK(fchmodat(dir, "f", 0, 0) == 0 && fstat(fd, &stat) == 0 && (stat.st_mode & 07777) == 0);
	CHECK(chmod("f", 0644) == 0 && S_ISREG(stat.st_mode));
	CHECK(mkdir("d", 0755) == 0 && chmod("d", 01777) == 0 && lstat("d", &stat) == 0 && (stat.st_mode & 07777) == 01777);
	FAILS(chmod("none", 0644), ENOENT);
	FAILS(fchmod(-1, 0644), EBADF);
	return check_status();
}
