#include "tests.h"

/* fcntl(2) record locks: ranges, F_GETLK, splitting and joining, lost when any descriptor of the file is closed. */
static struct flock wanted;

static int test(void *unused)
{
	int fd = open("file", O_RDWR);
	struct flock l = wanted;

	(void)unused;
	if (fcntl(fd, F_GETLK, &l) != 0)
		return 99;
	return l.l_type == F_UNLCK ? 0 : l.l_pid != getppid() ? 98 : 1 + (int)l.l_start * 10 + (int)l.l_len;
}

static int conflict(short type, off_t start, off_t length)
{
	wanted = (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
	return wait_for(start_child(test, NULL));
}

static int lock(int fd, short type, off_t start, off_t length)
{
	struct flock l = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	return fcntl(fd, F_SETLK, &l);
}

int main(void)
{
	int fd, other;

	alarm(20);
	enter_scratch("ipc-record_locks");
	fd = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(lock(fd, F_WRLCK, 2, 4) == 0);
	CHECK(conflict(F_RDLCK, 0, 2) == 0 && conflict(F_RDLCK, 0, 3) == 1 + 20 + 4 && conflict(F_RDLCK, 6, 0) == 0);
	CHECK(lock(fd, F_UNLCK, 3, 2) == 0);
	CHECK(conflict(F_WRLCK, 3, 2) == 0 && conflict(F_WRLCK, 0, 0) == 1 + 20 + 1 && conflict(F_WRLCK, 4, 4) == 1 + 50 + 1);
	CHECK(lock(fd, F_WRLCK, 3, 2) == 0);
	CHECK(conflict(F_WRLCK, 0, 0) == 1 + 20 + 4);
	CHECK(lock(fd, F_RDLCK, 2, 4) == 0);
	CHECK(conflict(F_RDLCK, 0, 0) == 0 && conflict(F_WRLCK, 0, 0) == 1 + 20 + 4);
	CHECK(lock(fd, F_RDLCK, 4, -2) == 0);
	CHECK(lock(fd, F_UNLCK, 0, 0) == 0 && conflict(F_WRLCK, 0, 0) == 0);
	CHECK(lock(fd, F_WRLCK, 7, 0) == 0 && conflict(F_RDLCK, 1000000, 1) == 1 + 70 + 0);
	other = open("file", O_RDONLY);
	CHECK(lock(other, F_WRLCK, 0, 1) == -1 && errno == EBADF);
	close(other);
	CHECK(conflict(F_RDLCK, 0, 0) == 0);
	CHECK(lock(fd, F_WRLCK, -1, 1) == -1 && errno == EINVAL);
	CHECK(lock(fd, 7, 0, 1) == -1 && errno == EINVAL);
	CHECK(lock(fd, F_WRLCK, 1, -2) == -1 && errno == EINVAL);
	CHECK(fcntl(fd, F_SETLK, nowhere) == -1 && errno == EFAULT);
	return check_status();
}
