#include "tests.h"

/* F_SETLKW waits until the holder ends; two that wait for each other get EDEADLK; a child has none of its parent's locks. */
static int lock(int fd, int command, short type, off_t start)
{
	struct flock l = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = 1};

	return fcntl(fd, command, &l);
}

static int pipefd[2];

static int child(void *unused)
{
	int fd = open("file", O_RDWR);

	(void)unused;
	alarm(20);
	if (lock(fd, F_SETLK, F_WRLCK, 0) != -1 || errno != EAGAIN)
		return 1;
	if (lock(fd, F_SETLK, F_WRLCK, 1) != 0 || write(pipefd[1], "x", 1) != 1)
		return 2;
	if (lock(fd, F_SETLKW, F_WRLCK, 0) != 0)
		return errno == EDEADLK ? 10 : 3;
	return 0;
}

int main(void)
{
	int fd, mine, other;
	char byte;
	pid_t pid;

	alarm(20);
	enter_scratch("ipc-record_wait");
	CHECK(pipe(pipefd) == 0);
	fd = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(lock(fd, F_SETLK, F_WRLCK, 0) == 0);
	pid = start_child(child, NULL);
	CHECK(read(pipefd[0], &byte, 1) == 1);
	mine = lock(fd, F_SETLKW, F_WRLCK, 1) == -1 && errno == EDEADLK;
	if (mine)
		lock(fd, F_SETLK, F_UNLCK, 0);
	other = wait_for(pid);
	CHECK((mine && other == 0) || (!mine && other == 10));
	return check_status();
}
