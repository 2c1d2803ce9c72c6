#include "file.h"

/* truncate(2), ftruncate(2): shorter and longer, with zeros between. */
int main(void)
{
	char buffer[16];
	struct stat stat;
	enter_empty("truncate");
	put("f", "0123456789");
	CHECK(truncate("f", 4) == 0 && holds("f", "0123"));
	CHECK(truncate("f", 8) == 0 && lstat("f", &stat) == 0 && stat.st_size == 8);
	int fd = open("f", O_RDWR);
	CHECK(read(fd, buffer, 16) == 8 && memcmp(buffer, "0123\0\0\0\0", 8) == 0);
	CHECK(ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_CUR) == 8);
	CHECK(write(fd, "x", 1) == 1 && fstat(fd, &stat) == 0 && stat.st_size == 9);
	FAILS(truncate("f", -1), EINVAL);
	FAILS(truncate("none", 0), ENOENT);
	FAILS(truncate(".", 0), EISDIR);
	FAILS(ftruncate(fd, -1), EINVAL);
	FAILS(ftruncate(-1, 0), EBADF);
	return check_status();
}
