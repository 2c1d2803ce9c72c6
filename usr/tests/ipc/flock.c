#include "tests.h"
#include <sys/file.h>

/* flock(2): shared and exclusive between open files, shared over fork, given up on the last close. */
static int tries(void *argument)
{
	int fd = open("file", O_RDWR), operation = *(int *)argument;

	return flock(fd, operation | LOCK_NB) == 0 ? 0 : errno == EWOULDBLOCK ? 1 : 2;
}

static int waits(void *inherited)
{
	int fd = open("file", O_RDWR);

	close(*(int *)inherited);
	alarm(20);
	return flock(fd, LOCK_EX);
}

int main(void)
{
	int fd, other, sh = LOCK_SH, ex = LOCK_EX;
	pid_t child;

	alarm(20);
	enter_scratch("ipc-flock");
	fd = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(flock(fd, LOCK_SH) == 0);
	CHECK(wait_for(start_child(tries, &sh)) == 0);
	CHECK(wait_for(start_child(tries, &ex)) == 1);
	CHECK(flock(fd, LOCK_EX) == 0);
	CHECK(wait_for(start_child(tries, &sh)) == 1);
	other = open("file", O_RDWR);
	CHECK(flock(other, LOCK_SH | LOCK_NB) == -1 && errno == EWOULDBLOCK);
	close(other);
	child = start_child(waits, &fd);
	other = dup(fd);
	close(fd);
	CHECK(wait_for(start_child(tries, &sh)) == 1);
	close(other);
	CHECK(wait_for(child) == 0);
	fd = open("file", O_RDONLY);
	CHECK(flock(fd, LOCK_EX) == 0 && flock(fd, LOCK_UN) == 0);
	CHECK(flock(fd, 0) == -1 && errno == EINVAL);
	CHECK(flock(999, LOCK_SH) == -1 && errno == EBADF);
	return check_status();
}
