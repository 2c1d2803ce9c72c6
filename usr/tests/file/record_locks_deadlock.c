#include "file.h"

static int set(int fd, int command, int type, long start, long length)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	return fcntl(fd, command, &lock);
}

/* fcntl(2): EDEADLK for the one that would wait for ever. */
int main(void)
{
	enter_empty("record_locks_deadlock");
	put("f", "");
	int fd = open("f", O_RDWR), to[2], from[2];
	char byte;
	CHECK(pipe(to) == 0 && pipe(from) == 0 && set(fd, F_SETLK, F_WRLCK, 0, 1) == 0);
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		int mine = open("f", O_RDWR);
		int good = set(mine, F_SETLK, F_WRLCK, 1, 1) == 0 && write(from[1], "x", 1) == 1;
		int result = set(mine, F_SETLKW, F_WRLCK, 0, 1);
		_exit(!(good && (result == 0 || errno == EDEADLK)) + 2 * (result != 0));
	}
	CHECK(read(from[0], &byte, 1) == 1);
	int result = set(fd, F_SETLKW, F_WRLCK, 1, 1);
	int error = errno;
	set(fd, F_SETLK, F_UNLCK, 0, 0);
	int status = wait_for(child);
	/* One of the two is told, whichever came second. */
	CHECK((result == -1 && error == EDEADLK && status == 0) || (result == 0 && status == 2));
	return check_status();
}
