#include "file.h"

/* fsync(2), fdatasync(2), syncfs(2), sync(2). */
int main(void)
{
	enter_empty("sync_calls");
	int fd = open("f", O_CREAT | O_RDWR, 0644), dir = open(".", O_RDONLY), p[2];
	CHECK(write(fd, "x", 1) == 1 && fsync(fd) == 0 && fdatasync(fd) == 0);
	CHECK(fsync(dir) == 0 && syncfs(fd) == 0);
	sync();
	CHECK(pipe(p) == 0);
	FAILS(fsync(p[0]), EINVAL);
	FAILS(fsync(-1), EBADF);
	FAILS(syncfs(-1), EBADF);
	return check_status();
}
