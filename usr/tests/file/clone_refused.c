#include "file.h"

#include <linux/fs.h>
#include <sys/ioctl.h>

/* ioctl_ficlonerange(2): what is wrong is said before what is not supported. */
int main(void)
{
	enter_empty("clone_refused");
	put("f", "content");
	int from = open("f", O_RDONLY);
	int to = open("g", O_RDWR | O_CREAT, 0600);
	int dot = open(".", O_RDONLY);
	int pipes[2];
	CHECK(pipe(pipes) == 0);
	FAILS(ioctl(to, FICLONE, -1), EBADF);
	FAILS(ioctl(to, FICLONE, pipes[0]), EXDEV);
	struct file_clone_range range = {.src_fd = -1};
	FAILS(ioctl(to, FICLONERANGE, &range), EBADF);
	FAILS(ioctl(to, FICLONERANGE, 8), EFAULT);
	SHOW(ioctl(to, FICLONE, dot));
	if (ioctl(to, FICLONE, from) == 0) { /* a file system that can: both hold the same */
		CHECK(holds("g", "content"));
		return check_status();
	}
	CHECK(errno == EOPNOTSUPP);
	SHOW(ioctl(from, FICLONE, to));
	return check_status();
}
