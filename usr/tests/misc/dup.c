#include "tests.h"

/* dup(2), dup2(2), dup3(2): shared offset, own close-on-exec, errors. */
int main(void)
{
	int fd, other;

	enter_scratch("misc-dup");
	fd = open("f", O_CREAT | O_RDWR | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(write(fd, "hello", 5) == 5);
	other = dup(fd);
	CHECK(lseek(other, 0, SEEK_CUR) == 5);
	CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC && fcntl(other, F_GETFD) == 0);
	CHECK(dup2(fd, 30) == 30 && fcntl(30, F_GETFD) == 0);
	CHECK(dup3(fd, 31, O_CLOEXEC) == 31 && fcntl(31, F_GETFD) == FD_CLOEXEC);
	CHECK(dup2(fd, fd) == fd);
	CHECK(dup3(fd, fd, 0) == -1 && errno == EINVAL);
	CHECK(dup3(fd, 32, O_APPEND) == -1 && errno == EINVAL);
	CHECK(dup2(fd, -1) == -1 && errno == EBADF);
	CHECK(dup2(999, 3) == -1 && errno == EBADF);
	CHECK(fcntl(fd, F_DUPFD_CLOEXEC, 100) == 100 && fcntl(100, F_GETFD) == FD_CLOEXEC);
	CHECK(lseek(100, 2, SEEK_SET) == 2 && lseek(fd, 0, SEEK_CUR) == 2);
	unlink("f");
	return check_status();
}
