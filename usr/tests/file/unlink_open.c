#include "file.h"

/* A file that is open lives on without a name. */
int main(void)
{
	char buffer[20];
	struct stat stat;
	enter_empty("unlink_open");
	put("f", "content");
	int fd = open("f", O_RDWR);
	CHECK(unlink("f") == 0 && !exists("f") && entries(".") == 0);
	CHECK(read(fd, buffer, 20) == 7 && memcmp(buffer, "content", 7) == 0);
	CHECK(write(fd, " more", 5) == 5 && pread(fd, buffer, 20, 0) == 12);
	CHECK(fstat(fd, &stat) == 0 && stat.st_nlink == 0 && stat.st_size == 12);
	CHECK(put("f", "another") == 7 && pread(fd, buffer, 20, 0) == 12 && holds("f", "another"));
	CHECK(ftruncate(fd, 3) == 0 && fstat(fd, &stat) == 0 && stat.st_size == 3);
	CHECK(close(fd) == 0 && holds("f", "another"));
	return check_status();
}
