#include "file.h"

static int set(int fd, int command, int type, long start, long length)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	return fcntl(fd, command, &lock);
}

static struct flock query(int fd, int type, long start, long length)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	fcntl(fd, F_GETLK, &lock);
	return lock;
}

static int look(void *unused)
{
	(void)unused;
	int fd = open("f", O_RDWR);
	struct flock a = query(fd, F_WRLCK, 0, 0), b = query(fd, F_WRLCK, 40, 20), c = query(fd, F_RDLCK, 50, 0);
	int good = a.l_type == F_WRLCK && a.l_start == 0 && a.l_len == 40 && a.l_pid == getppid();

	good &= b.l_type == F_UNLCK && c.l_type == F_WRLCK && c.l_start == 60 && c.l_len == 40;
	return !good;
}

static int look_again(void *unused)
{
	(void)unused;
	int fd = open("f", O_RDWR);
	struct flock a = query(fd, F_WRLCK, 50, 1), b = query(fd, F_RDLCK, 0, 0);

	return !(a.l_type == F_RDLCK && a.l_start == 0 && a.l_len == 0 && b.l_type == F_UNLCK);
}

/* fcntl(2): a process's own locks are split, joined and replaced; F_GETLK shows them. */
int main(void)
{
	enter_empty("record_locks_split");
	put("f", "");
	int fd = open("f", O_RDWR);
	CHECK(set(fd, F_SETLK, F_WRLCK, 0, 100) == 0 && set(fd, F_SETLK, F_UNLCK, 40, 20) == 0);
	CHECK(wait_for(start_child(look, NULL)) == 0);
	CHECK(set(fd, F_SETLK, F_RDLCK, 0, 0) == 0);
	CHECK(wait_for(start_child(look_again, NULL)) == 0);
	return check_status();
}
