#include "file.h"

/* A sparse file reads as zeros and takes little room. */
int main(void)
{
	char buffer[8] = "garbage";
	struct stat stat;
	enter_empty("holes");
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	CHECK(pwrite(fd, "end", 3, 1L << 30) == 3);
	CHECK(fstat(fd, &stat) == 0 && stat.st_size == (1L << 30) + 3 && stat.st_blocks < 1000);
	CHECK(pread(fd, buffer, 8, 12345) == 8 && memcmp(buffer, "\0\0\0\0\0\0\0\0", 8) == 0);
	CHECK(pread(fd, buffer, 8, 1L << 30) == 3 && memcmp(buffer, "end", 3) == 0);
	return check_status();
}
