#include "file.h"

/* read(2), write(2), lseek(2): one offset, moved by what was done. */
int main(void)
{
	char buffer[20];
	enter_empty("offsets");
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	CHECK(write(fd, "0123456789", 10) == 10 && lseek(fd, 0, SEEK_CUR) == 10);
	CHECK(read(fd, buffer, 5) == 0);
	CHECK(lseek(fd, 2, SEEK_SET) == 2 && read(fd, buffer, 3) == 3 && memcmp(buffer, "234", 3) == 0);
	CHECK(lseek(fd, -1, SEEK_CUR) == 4 && lseek(fd, -3, SEEK_END) == 7);
	CHECK(read(fd, buffer, 20) == 3 && lseek(fd, 5, SEEK_END) == 15);
	CHECK(read(fd, buffer, 20) == 0);
	CHECK(write(fd, "x", 1) == 1 && lseek(fd, 0, SEEK_END) == 16);
	FAILS(lseek(fd, -1, SEEK_SET), EINVAL);
	FAILS(lseek(fd, -17, SEEK_CUR), EINVAL);
	FAILS(lseek(fd, 0, 9), EINVAL);
	CHECK(read(fd, buffer, 0) == 0 && write(fd, buffer, 0) == 0);
	FAILS(write(fd, nowhere, 1), EFAULT);
	return check_status();
}
