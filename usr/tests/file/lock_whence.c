#include "file.h"

static int look(void *unused)
{
	(void)unused;
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	fcntl(open("f", O_RDWR), F_GETLK, &lock);
	return !(lock.l_start == 5 && lock.l_len == 3);
}

static int look_at(void *unused)
{
	(void)unused;
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 2};

	fcntl(open("f", O_RDWR), F_GETLK, &lock);
	return !(lock.l_start == 1 && lock.l_len == 1);
}

/* fcntl(2): locks counted from the offset and the end, and backwards. */
int main(void)
{
	enter_empty("lock_whence");
	put("f", "0123456789");
	int fd = open("f", O_RDWR);
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_END, .l_start = -2, .l_len = -3};
	CHECK(fcntl(fd, F_SETLK, &lock) == 0);
	CHECK(wait_for(start_child(look, NULL)) == 0);
	lseek(fd, 1, SEEK_SET);
	struct flock at = {.l_type = F_WRLCK, .l_whence = SEEK_CUR, .l_start = 0, .l_len = 1};
	CHECK(fcntl(fd, F_SETLK, &at) == 0);
	CHECK(wait_for(start_child(look_at, NULL)) == 0);
	struct flock bad = {.l_type = F_WRLCK, .l_whence = 7};
	FAILS(fcntl(fd, F_SETLK, &bad), EINVAL);
	struct flock before = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = -2};
	FAILS(fcntl(fd, F_SETLK, &before), EINVAL);
	return check_status();
}
