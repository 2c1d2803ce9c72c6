#include "tests.h"

/* Locks of open file descriptions: between two opens of one process, kept when another descriptor is closed. */
static int lock(int fd, int command, short type, off_t start, off_t length)
{
	struct flock l = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	return fcntl(fd, command, &l);
}

int main(void)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int a, b, c;

	alarm(20);
	enter_scratch("ipc-ofd_locks");
	a = open("file", O_RDWR | O_CREAT, 0600);
	b = open("file", O_RDWR);
	CHECK(lock(a, F_OFD_SETLK, F_WRLCK, 0, 10) == 0);
	CHECK(lock(b, F_OFD_SETLK, F_RDLCK, 5, 1) == -1 && errno == EAGAIN);
	CHECK(lock(b, F_OFD_SETLK, F_RDLCK, 10, 1) == 0);
	CHECK(fcntl(b, F_OFD_GETLK, &l) == 0 && l.l_type == F_WRLCK && l.l_start == 0 && l.l_len == 10 && l.l_pid == -1);
	CHECK(lock(b, F_SETLK, F_WRLCK, 0, 1) == -1 && errno == EAGAIN);
	c = open("file", O_RDWR);
	close(c);
	CHECK(lock(b, F_OFD_SETLK, F_RDLCK, 5, 1) == -1 && errno == EAGAIN);
	close(a);
	CHECK(lock(b, F_OFD_SETLK, F_WRLCK, 0, 0) == 0);
	l.l_pid = 1;
	CHECK(fcntl(b, F_OFD_SETLK, &l) == -1 && errno == EINVAL);
	return check_status();
}
