#include "sched.h"

/* /proc/sys/kernel/sched_rt_period_us and sched_rt_runtime_us are there (a sandbox may hide them) and go together. */
static long number(const char *path, long otherwise)
{
	char text[32] = {0};
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		return otherwise;
	CHECK(read(fd, text, sizeof(text) - 1) > 1);
	close(fd);
	return atol(text);
}

int main(void)
{
	long period = number("/proc/sys/kernel/sched_rt_period_us", 1000000);
	long runtime = number("/proc/sys/kernel/sched_rt_runtime_us", 950000);

	CHECK(period > 0 && runtime >= -1 && runtime <= period);
	return check_status();
}
