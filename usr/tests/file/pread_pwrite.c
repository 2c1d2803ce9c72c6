#include "file.h"

/* pread(2), pwrite(2) leave the offset alone. */
int main(void)
{
	char buffer[10];
	enter_empty("pread_pwrite");
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	CHECK(pwrite(fd, "abc", 3, 5) == 3 && lseek(fd, 0, SEEK_CUR) == 0);
	CHECK(pread(fd, buffer, 10, 0) == 8 && memcmp(buffer, "\0\0\0\0\0abc", 8) == 0);
	CHECK(pread(fd, buffer, 10, 8) == 0 && pread(fd, buffer, 10, 100) == 0);
	FAILS(pread(fd, buffer, 10, -1), EINVAL);
	FAILS(pwrite(fd, buffer, 10, -1), EINVAL);
	CHECK(lseek(fd, 0, SEEK_CUR) == 0);
	return check_status();
}
