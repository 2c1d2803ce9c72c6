#include "file.h"

/* fallocate(2): room is taken, the size kept or not. */
int main(void)
{
	char buffer[10];
	struct stat stat;
	enter_empty("allocate");
	put("f", "0123456789");
	int fd = open("f", O_RDWR);
	CHECK(fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 65536) == 0 && fstat(fd, &stat) == 0);
	CHECK(stat.st_size == 10 && stat.st_blocks >= 128);
	CHECK(fallocate(fd, 0, 20000, 100) == 0 && fstat(fd, &stat) == 0 && stat.st_size == 20100);
	CHECK(pread(fd, buffer, 10, 19000) == 10 && buffer[0] == 0 && pread(fd, buffer, 10, 0) == 10 && buffer[9] == '9');
	CHECK(posix_fallocate(fd, 0, 30000) == 0 && fstat(fd, &stat) == 0 && stat.st_size == 30000);
	FAILS(fallocate(fd, 0, -1, 10), EINVAL);
	FAILS(fallocate(fd, 0, 0, 0), EINVAL);
	int reader = open("f", O_RDONLY);
	FAILS(fallocate(reader, 0, 0, 10), EBADF);
	return check_status();
}
