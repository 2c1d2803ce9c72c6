#include "tests.h"
#include <sys/resource.h>

/* getpriority(2), setpriority(2), nice(2). */
int main(void)
{
	CHECK(getpriority(PRIO_PROCESS, 0) == 0);
	CHECK(setpriority(PRIO_PROCESS, 0, 5) == 0);
	CHECK(getpriority(PRIO_PROCESS, 0) == 5);
	CHECK(nice(3) == 8);
	CHECK(setpriority(PRIO_PROCESS, 0, 100) == 0);
	CHECK(getpriority(PRIO_PROCESS, 0) == 19);
	errno = 0;
	CHECK(getpriority(77, 0) == -1 && errno == EINVAL);
	return check_status();
}
