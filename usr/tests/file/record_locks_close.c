#include "file.h"

static int set(int fd, int command, int type, long start, long length)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	return fcntl(fd, command, &lock);
}

/* The child has the parent's descriptor, but not its locks. */
static int try(void *fd)
{
	return set(*(int *)fd, F_SETLK, F_WRLCK, 0, 0) != 0;
}

/* fcntl(2): closing any descriptor of a file drops the process's locks; fork does not pass them on. */
int main(void)
{
	enter_empty("record_locks_close");
	put("f", "");
	int fd = open("f", O_RDWR), again = open("f", O_RDONLY);
	CHECK(set(fd, F_SETLK, F_WRLCK, 0, 0) == 0);
	CHECK(wait_for(start_child(try, &fd)) == 1);
	CHECK(close(again) == 0);
	CHECK(wait_for(start_child(try, &fd)) == 0);
	return check_status();
}
