/* The largest resident size stays when memory is given back: ru_maxrss and VmHWM. */
#include "tests.h"
#include <sys/resource.h>

#define SIZE (8 << 20)

static long high_water(void)
{
	FILE *status = fopen("/proc/self/status", "r");
	char line[256];
	long kb = -1;

	while (status != NULL && fgets(line, sizeof(line), status) != NULL)
		if (sscanf(line, "VmHWM: %ld", &kb) == 1)
			break;
	fclose(status);
	return kb;
}

int main(void)
{
	char *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct rusage usage;

	alarm(20);
	CHECK(memory != MAP_FAILED);
	memset(memory, 1, SIZE);
	CHECK(munmap(memory, SIZE) == 0);
	CHECK(getrusage(RUSAGE_SELF, &usage) == 0 && usage.ru_maxrss >= SIZE / 1024);
	CHECK(high_water() >= SIZE / 1024);
	return check_status();
}
