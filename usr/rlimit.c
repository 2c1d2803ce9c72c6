/* Resource limits: reading, lowering, refusing, and that they bite. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "check.h"

int main(void)
{
	struct rlimit limit, lower, bad = { 10, 5 };
	int fd;

	CHECK(getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur == 8 << 20);
	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= 256 && limit.rlim_max >= limit.rlim_cur);
	lower = limit;
	lower.rlim_cur = 64;
	CHECK(setrlimit(RLIMIT_NOFILE, &lower) == 0);
	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur == 64);
	CHECK(prlimit(0, RLIMIT_NOFILE, NULL, &limit) == 0 && limit.rlim_cur == 64);
	SHOW(setrlimit(RLIMIT_NOFILE, &bad));
	SHOW(getrlimit(99, &limit));
	SHOW(getrlimit(RLIMIT_NOFILE, nowhere));
	errno = 0; /* a nice value may be negative */
	CHECK(getpriority(PRIO_PROCESS, 0) >= -20 && errno == 0);

	/* A file may not grow over RLIMIT_FSIZE. */
	enter_scratch("rlimit");
	signal(SIGXFSZ, SIG_IGN);
	lower.rlim_cur = 1000;
	lower.rlim_max = RLIM_INFINITY;
	CHECK(setrlimit(RLIMIT_FSIZE, &lower) == 0);
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(lseek(fd, 990, SEEK_SET) == 990 && write(fd, "0123456789abcdef", 16) == 10);
	SHOW(write(fd, "x", 1));
	lower.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &lower);

	/* Address space. */
	CHECK(getrlimit(RLIMIT_AS, &limit) == 0);
	lower.rlim_cur = 256 << 20;
	CHECK(setrlimit(RLIMIT_AS, &lower) == 0);
	CHECK(mmap(NULL, 1UL << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == ENOMEM);
	CHECK(malloc(1 << 20) != NULL);
	return check_status();
}
