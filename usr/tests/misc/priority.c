#include "tests.h"
#include <sys/resource.h>

/* getpriority(2), setpriority(2), nice(2): from whatever niceness the test was started with. */
int main(void)
{
	int start = getpriority(PRIO_PROCESS, 0);

	CHECK(start >= 0 && start < 15);
	CHECK(setpriority(PRIO_PROCESS, 0, start + 1) == 0);
	CHECK(getpriority(PRIO_PROCESS, 0) == start + 1);
	CHECK(nice(2) == start + 3);
	CHECK(setpriority(PRIO_PROCESS, 0, 100) == 0);
	CHECK(getpriority(PRIO_PROCESS, 0) == 19);
	errno = 0;
	CHECK(getpriority(77, 0) == -1 && errno == EINVAL);
	return check_status();
}
