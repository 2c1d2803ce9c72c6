/* getrusage counts faults and context switches, of the process and of children that were waited for. */
#include "tests.h"

#include <sys/resource.h>

static int sleeps(void *argument)
{
	char *block = mmap(NULL, 64 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (int i = 0; i < 64; i++)
		block[i * PAGE_SIZE] = 1;
	for (int i = 0; i < 5; i++)
		usleep(2000);
	(void)argument;
	return 0;
}

int main(void)
{
	struct rusage before, after;

	CHECK(getrusage(RUSAGE_SELF, &before) == 0);
	sleeps(NULL);
	CHECK(getrusage(RUSAGE_SELF, &after) == 0);
	CHECK(after.ru_minflt + after.ru_majflt >= before.ru_minflt + before.ru_majflt + 4);
	CHECK(after.ru_nvcsw >= before.ru_nvcsw + 5);
	CHECK(after.ru_nivcsw >= before.ru_nivcsw);
	CHECK(getrusage(RUSAGE_THREAD, &after) == 0 && after.ru_nvcsw >= 5);
	CHECK(getrusage(RUSAGE_CHILDREN, &before) == 0 && before.ru_nvcsw == 0 && before.ru_minflt == 0);
	CHECK(wait_for(start_child(sleeps, NULL)) == 0);
	CHECK(getrusage(RUSAGE_CHILDREN, &after) == 0);
	CHECK(after.ru_nvcsw >= 5 && after.ru_minflt + after.ru_majflt >= 4);
	return check_status();
}
