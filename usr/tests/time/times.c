#include "tests.h"
#include <sys/resource.h>
#include <sys/times.h>

/* times(2) and getrusage(2): user time grows with work; ticks do not go back. */
int main(void)
{
	struct tms before, after;
	struct rusage usage;
	volatile long sum = 0;
	clock_t start = times(&before), end;
	long i;

	for (i = 0; i < 20000000; i++)
		sum += i;
	end = times(&after);
	CHECK(end >= start);
	CHECK(after.tms_utime >= before.tms_utime && after.tms_stime >= before.tms_stime);
	CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
	CHECK(usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec > 0);
	CHECK(getrusage(RUSAGE_CHILDREN, &usage) == 0);
	CHECK(usage.ru_utime.tv_sec == 0 && usage.ru_utime.tv_usec == 0);
	CHECK(getrusage(99, &usage) == -1 && errno == EINVAL);
	return check_status();
}
