#include "file.h"

#include <sys/sysmacros.h>

/* renameat2(2) with RENAME_WHITEOUT leaves a character device 0, 0 behind. */
static int is_whiteout(const char *path)
{
	struct stat stat;
	return lstat(path, &stat) == 0 && S_ISCHR(stat.st_mode) && stat.st_rdev == makedev(0, 0);
}

int main(void)
{
	enter_empty("rename_whiteout");
	put("a", "content");
	FAILS(renameat2(AT_FDCWD, "a", AT_FDCWD, "b", RENAME_WHITEOUT | RENAME_EXCHANGE), EINVAL);
	if (renameat2(AT_FDCWD, "a", AT_FDCWD, "b", RENAME_WHITEOUT) != 0)
		return errno == EPERM ? 0 : 1; /* before Linux 5.8 it takes CAP_MKNOD */
	CHECK(is_whiteout("a") && entries(".") == 2);
	FAILS(renameat2(AT_FDCWD, "b", AT_FDCWD, "a", RENAME_WHITEOUT | RENAME_NOREPLACE), EEXIST);
	FAILS(open("a", O_RDONLY), ENXIO);
	CHECK(rename("b", "a") == 0 && !is_whiteout("a") && entries(".") == 1);
	CHECK(mkdir("d", 0700) == 0 && renameat2(AT_FDCWD, "d", AT_FDCWD, "e", RENAME_WHITEOUT) == 0 && is_whiteout("d"));
	put("f", "");
	int fd = open("f", O_RDONLY);
	CHECK(renameat2(AT_FDCWD, "a", AT_FDCWD, "f", RENAME_WHITEOUT) == 0 && is_whiteout("a"));
	char byte;
	CHECK(read(fd, &byte, 1) == 0);
	CHECK(unlink("a") == 0 && unlink("d") == 0);
	return check_status();
}
