#include "file.h"

/* open(2): O_TMPFILE makes a file without a name. */
int main(void)
{
	struct stat stat;
	char buffer[10];
	enter_empty("tmpfile");
	int fd = open(".", O_TMPFILE | O_RDWR, 0600);
	CHECK(fd >= 0);
	CHECK(write(fd, "hidden", 6) == 6 && pread(fd, buffer, 10, 0) == 6 && memcmp(buffer, "hidden", 6) == 0);
	CHECK(fstat(fd, &stat) == 0 && stat.st_nlink == 0 && stat.st_size == 6);
	CHECK(entries(".") == 0);
	FAILS(open(".", O_TMPFILE | O_RDONLY, 0600), EINVAL);
	FAILS(open("none", O_TMPFILE | O_RDWR, 0600), ENOENT);
	put("f", "");
	FAILS(open("f", O_TMPFILE | O_RDWR, 0600), ENOTDIR);
	CHECK(close(fd) == 0);
	return check_status();
}
