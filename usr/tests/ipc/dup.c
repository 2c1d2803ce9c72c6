#include "tests.h"
#include <sys/resource.h>

/* dup, dup2, dup3, F_DUPFD: lowest number, shared position, flags of the descriptor only, errnos. */
int main(void)
{
	struct rlimit limit = {20, 4096};
	int fd, a, b;

	alarm(20);
	enter_scratch("ipc-dup");
	for (a = 3; a < 64; a++)
		close(a);
	fd = open("file", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	CHECK((a = dup(fd)) > fd && fcntl(a, F_GETFD) == 0);
	CHECK(write(fd, "abc", 3) == 3 && lseek(a, 0, SEEK_CUR) == 3);
	CHECK(dup2(fd, 15) == 15 && dup2(fd, 15) == 15 && dup2(15, 15) == 15);
	CHECK(dup3(fd, 16, O_CLOEXEC) == 16 && fcntl(16, F_GETFD) == FD_CLOEXEC);
	CHECK(dup3(fd, fd, 0) == -1 && errno == EINVAL);
	CHECK(dup3(fd, 17, O_NONBLOCK) == -1 && errno == EINVAL);
	CHECK((b = fcntl(fd, F_DUPFD, 10)) == 10 && fcntl(fd, F_DUPFD_CLOEXEC, 10) == 11);
	CHECK(fcntl(11, F_GETFD) == FD_CLOEXEC);
	CHECK(dup(999) == -1 && errno == EBADF && dup2(999, 3) == -1 && errno == EBADF && dup2(fd, -1) == -1 && errno == EBADF);
	CHECK(dup2(999, 999) == -1 && errno == EBADF);
	CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	CHECK(dup2(fd, 20) == -1 && errno == EBADF && fcntl(fd, F_DUPFD, 20) == -1 && errno == EINVAL);
	while (dup(fd) >= 0)
		;
	CHECK(errno == EMFILE && fcntl(19, F_GETFD) == 0);
	return check_status();
}
