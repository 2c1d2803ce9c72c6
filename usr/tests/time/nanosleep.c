#include "tests.h"

/* nanosleep(2): sleeps at least as long as asked; bad times are EINVAL. */
int main(void)
{
	struct timespec start, end, wanted = {0, 20000000};

	clock_gettime(CLOCK_MONOTONIC, &start);
	CHECK(nanosleep(&wanted, NULL) == 0);
	clock_gettime(CLOCK_MONOTONIC, &end);
	CHECK((end.tv_sec - start.tv_sec) * 1000000000L + end.tv_nsec - start.tv_nsec >= 20000000);
	wanted.tv_nsec = 1000000000;
	CHECK(nanosleep(&wanted, NULL) == -1 && errno == EINVAL);
	wanted = (struct timespec){-1, 0};
	CHECK(nanosleep(&wanted, NULL) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_nanosleep, nowhere, NULL) == -1 && errno == EFAULT);
	return check_status();
}
