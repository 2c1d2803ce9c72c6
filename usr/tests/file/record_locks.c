#include "file.h"

static int set(int fd, int command, int type, long start, long length)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	return fcntl(fd, command, &lock);
}

static int other(void *unused)
{
	(void)unused;
	int fd = open("f", O_RDWR);
	int blocked = set(fd, F_SETLK, F_RDLCK, 0, 0) == -1 && (errno == EAGAIN || errno == EACCES);

	return !(blocked && set(fd, F_SETLK, F_WRLCK, 0, 2) == 0 && set(fd, F_SETLK, F_WRLCK, 5, 0) == 0);
}

static int reader(void *unused)
{
	(void)unused;
	int fd = open("f", O_RDWR);

	return !(set(fd, F_SETLK, F_RDLCK, 0, 0) == 0 && set(fd, F_SETLK, F_WRLCK, 4, 1) == -1);
}

/* fcntl(2): record locks of two processes. */
int main(void)
{
	enter_empty("record_locks");
	put("f", "0123456789");
	int fd = open("f", O_RDWR);
	CHECK(set(fd, F_SETLK, F_WRLCK, 2, 3) == 0);
	CHECK(wait_for(start_child(other, NULL)) == 0);
	CHECK(set(fd, F_SETLK, F_RDLCK, 2, 3) == 0);
	CHECK(wait_for(start_child(reader, NULL)) == 0);
	int r = open("f", O_RDONLY), w = open("f", O_WRONLY);
	FAILS(set(r, F_SETLK, F_WRLCK, 0, 0), EBADF);
	FAILS(set(w, F_SETLK, F_RDLCK, 0, 0), EBADF);
	FAILS(set(fd, F_SETLK, 9, 0, 0), EINVAL);
	FAILS(set(fd, F_SETLK, F_WRLCK, -1, 1), EINVAL);
	return check_status();
}
