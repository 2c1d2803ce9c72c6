#include "file.h"

static int set(int fd, int command, int type, long start, long length)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	return fcntl(fd, command, &lock);
}

/* fcntl(2): locks of open file descriptions. */
int main(void)
{
	enter_empty("ofd_locks");
	put("f", "");
	int a = open("f", O_RDWR), b = open("f", O_RDWR);
	CHECK(set(a, F_OFD_SETLK, F_WRLCK, 0, 10) == 0);
	FAILS(set(b, F_OFD_SETLK, F_RDLCK, 5, 1), EAGAIN);
	FAILS(set(b, F_SETLK, F_RDLCK, 5, 1), EAGAIN);
	CHECK(set(b, F_OFD_SETLK, F_WRLCK, 10, 0) == 0);
	int c = dup(a);
	CHECK(close(a) == 0);
	FAILS(set(b, F_OFD_SETLK, F_WRLCK, 0, 1), EAGAIN);
	CHECK(close(c) == 0 && set(b, F_OFD_SETLK, F_WRLCK, 0, 1) == 0);
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_pid = 1};
	FAILS(fcntl(b, F_OFD_SETLK, &lock), EINVAL);
	return check_status();
}
