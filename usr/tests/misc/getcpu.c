#include "tests.h"

/* getcpu(2) and sched_getaffinity(2): a CPU that is in the mask. */
int main(void)
{
	cpu_set_t set;
	unsigned cpu = 12345, node = 12345;

	CHECK(syscall(SYS_getcpu, &cpu, &node, NULL) == 0);
	CHECK(node < 64);
	CPU_ZERO(&set);
	CHECK(sched_getaffinity(0, sizeof(set), &set) == 0);
	CHECK(CPU_COUNT(&set) > 0 && cpu < CPU_SETSIZE);
	CHECK(syscall(SYS_getcpu, nowhere, NULL, NULL) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_sched_getaffinity, 0, 3, &set) == -1 && errno == EINVAL);
	return check_status();
}
