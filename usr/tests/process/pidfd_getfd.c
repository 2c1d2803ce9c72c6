/* pidfd_getfd(2): another process's descriptor, with its place in the file. */
#include "tests.h"

int main(void)
{
	int ready[2], gate[2], pidfd, fd, theirs;
	char c, text[8];
	pid_t child;

	alarm(20);
	enter_scratch("process-pidfd_getfd");
	CHECK(pipe(ready) == 0 && pipe(gate) == 0);
	child = fork();
	if (child == 0) {
		close(gate[1]);
		theirs = open("file", O_CREAT | O_RDWR, 0600);
		c = theirs >= 0 && write(theirs, "content", 7) == 7 && lseek(theirs, 3, SEEK_SET) == 3 ? theirs : 0;
		if (write(ready[1], &c, 1) != 1 || read(gate[0], &c, 1) != 0)
			_exit(1);
		_exit(lseek(theirs, 0, SEEK_CUR) == 7 ? 0 : 2); /* one file description for both */
	}
	CHECK(read(ready[0], &c, 1) == 1 && c > 0);
	theirs = c;
	pidfd = syscall(SYS_pidfd_open, child, 0);
	CHECK(pidfd >= 0);
	CHECK(syscall(SYS_pidfd_getfd, pidfd, theirs, 1) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_pidfd_getfd, pidfd, 500, 0) == -1 && errno == EBADF);
	CHECK(syscall(SYS_pidfd_getfd, gate[0], theirs, 0) == -1 && errno == EBADF);
	fd = syscall(SYS_pidfd_getfd, pidfd, theirs, 0);
	CHECK(fd >= 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC);
	CHECK(read(fd, text, 8) == 4 && memcmp(text, "tent", 4) == 0);
	close(gate[1]);
	CHECK(wait_for(child) == 0);
	CHECK(syscall(SYS_pidfd_getfd, pidfd, theirs, 0) == -1 && errno == ESRCH);
	unlink("file");
	return check_status();
}
