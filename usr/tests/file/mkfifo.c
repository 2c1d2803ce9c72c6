#include "file.h"

/* mkfifo(3), mknod(2): inodes of other kinds. */
int main(void)
{
	struct stat stat;
	enter_empty("mkfifo");
	CHECK(mkfifo("p", 0640) == 0 && lstat("p", &stat) == 0 && S_ISFIFO(stat.st_mode) && (stat.st_mode & 07777) == 0640);
	CHECK(mknod("s", S_IFSOCK | 0600, 0) == 0 && lstat("s", &stat) == 0 && S_ISSOCK(stat.st_mode));
	CHECK(mknod("r", S_IFREG | 0600, 0) == 0 && lstat("r", &stat) == 0 && S_ISREG(stat.st_mode));
	FAILS(mkfifo("p", 0640), EEXIST);
	FAILS(open("s", O_RDWR), ENXIO);
	FAILS(mknod("d", S_IFDIR | 0700, 0), EPERM);
	CHECK(rename("p", "q") == 0 && unlink("q") == 0 && unlink("s") == 0);
	return check_status();
}
