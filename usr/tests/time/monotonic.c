#include "tests.h"

/* CLOCK_MONOTONIC never goes back; coarse clocks do not run ahead. */
int main(void)
{
	struct timespec before, after, coarse;
	int i, back = 0, ahead = 0;

	clock_gettime(CLOCK_MONOTONIC, &before);
	for (i = 0; i < 2000; i++) {
		clock_gettime(CLOCK_MONOTONIC_COARSE, &coarse);
		clock_gettime(CLOCK_MONOTONIC, &after);
		back += after.tv_sec < before.tv_sec || (after.tv_sec == before.tv_sec && after.tv_nsec < before.tv_nsec);
		ahead += coarse.tv_sec > after.tv_sec || (coarse.tv_sec == after.tv_sec && coarse.tv_nsec > after.tv_nsec);
		before = after;
	}
	CHECK(back == 0);
	CHECK(ahead == 0);
	return check_status();
}
