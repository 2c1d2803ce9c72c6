#include "file.h"

/* stat(2): what it says of a file, a directory, a link. */
int main(void)
{
	struct stat f, d, l;
	enter_empty("stat_fields");
	put("f", "12345");
	mkdir("d", 0711);
	symlink("f", "l");
	CHECK(stat("f", &f) == 0 && S_ISREG(f.st_mode) && f.st_size == 5 && f.st_nlink == 1 && (f.st_mode & 07777) == 0644);
	CHECK(f.st_uid == geteuid() && f.st_gid == getegid() && f.st_blksize >= 512 && f.st_ino != 0);
	CHECK(stat("d", &d) == 0 && S_ISDIR(d.st_mode) && d.st_dev == f.st_dev && d.st_ino != f.st_ino);
	CHECK(lstat("l", &l) == 0 && S_ISLNK(l.st_mode) && l.st_size == 1 && (l.st_mode & 07777) == 0777);
	CHECK(stat("l", &l) == 0 && l.st_ino == f.st_ino);
	FAILS(stat("none", &f), ENOENT);
	FAILS(stat("f", nowhere), EFAULT);
	return check_status();
}
