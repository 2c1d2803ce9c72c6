#include "tests.h"
#include <sys/resource.h>

/* getrlimit(2), setrlimit(2), prlimit(2): kept, soft not above hard, errors. */
int main(void)
{
	struct rlimit limit, old;

	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur <= limit.rlim_max);
	limit.rlim_cur = 50;
	CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	CHECK(prlimit(0, RLIMIT_NOFILE, NULL, &old) == 0 && old.rlim_cur == 50);
	limit.rlim_cur = limit.rlim_max;
	limit.rlim_max = 10;
	limit.rlim_cur = 20;
	CHECK(setrlimit(RLIMIT_NOFILE, &limit) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_getrlimit, 77, &limit) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_getrlimit, 0, nowhere) == -1 && errno == EFAULT);
	CHECK(prlimit(getpid(), RLIMIT_CORE, NULL, &old) == 0);
	return check_status();
}
