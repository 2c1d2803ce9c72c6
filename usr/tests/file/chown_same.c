#include "file.h"

/* chown(2) to the owner that a file has. */
int main(void)
{
	struct stat stat;
	enter_empty("chown_same");
	put("f", "");
	symlink("f", "l");
	CHECK(chown("f", geteuid(), getegid()) == 0);
	CHECK(chown("f", -1, -1) == 0);
	CHECK(lchown("l", -1, getegid()) == 0);
	int fd = open("f", O_RDONLY);
	CHECK(fchown(fd, geteuid(), -1) == 0 && fstat(fd, &stat) == 0 && stat.st_uid == geteuid() && stat.st_gid == getegid());
	FAILS(chown("none", -1, -1), ENOENT);
	FAILS(fchown(-1, -1, -1), EBADF);
	return check_status();
}
