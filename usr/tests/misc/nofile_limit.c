#include "tests.h"
#include <sys/resource.h>

/* RLIMIT_NOFILE binds open, dup and pipe with EMFILE. */
int main(void)
{
	struct rlimit limit = {20, 20};
	int fd, last = -1, fds[2];

	CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	while ((fd = open("/dev/null", O_RDONLY)) >= 0)
		last = fd;
	CHECK(errno == EMFILE && last == 19);
	CHECK(dup(0) == -1 && errno == EMFILE);
	CHECK(pipe(fds) == -1 && errno == EMFILE);
	CHECK(dup2(0, 20) == -1 && errno == EBADF);
	CHECK(fcntl(0, F_DUPFD, 20) == -1 && errno == EINVAL);
	close(19);
	CHECK(dup(0) == 19);
	return check_status();
}
