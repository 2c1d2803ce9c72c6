#include "file.h"

/* fallocate(2): room without and with a new size. */
int main(void)
{
	struct stat stat;
	enter_empty("fallocate");
	int fd = open("f", O_CREAT | O_RDWR, 0644), r = open("f", O_RDONLY);
	CHECK(fallocate(fd, 0, 0, 10000) == 0 && fstat(fd, &stat) == 0 && stat.st_size == 10000);
	CHECK(fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 50000) == 0 && fstat(fd, &stat) == 0 && stat.st_size == 10000);
	FAILS(fallocate(fd, 0, -1, 10), EINVAL);
	FAILS(fallocate(fd, 0, 0, 0), EINVAL);
	FAILS(fallocate(r, 0, 0, 10), EBADF);
	CHECK(posix_fallocate(fd, 0, 20000) == 0 && fstat(fd, &stat) == 0 && stat.st_size == 20000);
	return check_status();
}
