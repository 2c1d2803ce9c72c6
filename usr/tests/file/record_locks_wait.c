#include "file.h"

static int set(int fd, int command, int type, long start, long length)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	return fcntl(fd, command, &lock);
}

static int waiter(void *unused)
{
	(void)unused;
	int fd = open("f", O_RDWR);

	return !(set(fd, F_SETLKW, F_WRLCK, 0, 0) == 0 && pwrite(fd, "b", 1, 1) == 1);
}

/* fcntl(2): F_SETLKW waits until the lock is free, or for a signal. */
int main(void)
{
	enter_empty("record_locks_wait");
	put("f", "");
	int fd = open("f", O_RDWR), ready[2];
	CHECK(pipe(ready) == 0);
	CHECK(set(fd, F_SETLK, F_WRLCK, 0, 0) == 0);
	pid_t child = start_child(waiter, NULL);
	CHECK(write(fd, "a", 1) == 1 && set(fd, F_SETLK, F_UNLCK, 0, 0) == 0);
	CHECK(wait_for(child) == 0);
	CHECK(set(fd, F_SETLKW, F_WRLCK, 0, 0) == 0 && holds("f", "ab"));
	return check_status();
}
