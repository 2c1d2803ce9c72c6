/* RLIMIT_MEMLOCK binds who has not CAP_IPC_LOCK. */
#include "tests.h"

#include <sys/resource.h>

int main(void)
{
	struct rlimit limit = {4 * PAGE_SIZE, 4 * PAGE_SIZE};
	char *block = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(setrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	if (geteuid() == 0 && setuid(1234))
		check_fatal("setuid");
	CHECK(mlock(block, 2 * PAGE_SIZE) == 0);
	CHECK(munlock(block, 2 * PAGE_SIZE) == 0);
	CHECK(mlock(block, 5 * PAGE_SIZE) == -1 && errno == ENOMEM);
	limit.rlim_cur = 0;
	CHECK(setrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	CHECK(mlock(block, PAGE_SIZE) == -1 && errno == EPERM);
	CHECK(mlockall(MCL_CURRENT) == -1 && errno == EPERM);
	CHECK(mlockall(MCL_ONFAULT) == -1 && errno == EINVAL);
	return check_status();
}
