#include "file.h"

/* linkat(2) gives an O_TMPFILE a name, unless it was opened with O_EXCL. */
int main(void)
{
	char path[64];
	struct stat stat;
	enter_empty("tmpfile_link");
	int fd = open(".", O_TMPFILE | O_RDWR, 0644);
	CHECK(write(fd, "named", 5) == 5);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	CHECK(linkat(AT_FDCWD, path, AT_FDCWD, "f", AT_SYMLINK_FOLLOW) == 0);
	CHECK(holds("f", "named"));
	CHECK(fstat(fd, &stat) == 0 && stat.st_nlink == 1);
	CHECK(write(fd, "!", 1) == 1 && holds("f", "named!"));
	fd = open(".", O_TMPFILE | O_EXCL | O_RDWR, 0644);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	FAILS(linkat(AT_FDCWD, path, AT_FDCWD, "g", AT_SYMLINK_FOLLOW), ENOENT);
	return check_status();
}
