#include "tests.h"

/* CLOCK_PROCESS_CPUTIME_ID grows with work and not while asleep. */
int main(void)
{
	struct timespec before, after, nap = {0, 200000000};
	volatile long sum = 0;
	long i, slept;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
	for (i = 0; i < 3000000; i++)
		sum += i;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
	CHECK(after.tv_sec > before.tv_sec || after.tv_nsec > before.tv_nsec);
	nanosleep(&nap, NULL);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
	slept = (before.tv_sec - after.tv_sec) * 1000000000L + before.tv_nsec - after.tv_nsec;
	CHECK(slept < 150000000);
	return check_status();
}
