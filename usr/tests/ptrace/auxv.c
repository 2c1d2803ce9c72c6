#include "tests.h"

#include <sys/auxv.h>

/* /proc/PID/auxv of another process, as debuggers read it to find a position-independent program. */
static int idle(void *argument)
{
	char byte;
	return read(*(int *)argument, &byte, 1) == 0;
}

int main(void)
{
	unsigned long pair[2], page = 0, entry = 0, end = 0;
	char path[40];
	int hold[2];
	CHECK(pipe(hold) == 0);
	pid_t child = start_child(idle, hold);
	snprintf(path, sizeof path, "/proc/%d/auxv", child);
	int fd = open(path, O_RDONLY);
	CHECK(fd >= 0);
	while (read(fd, pair, sizeof pair) == sizeof pair) {
		page = pair[0] == AT_PAGESZ ? pair[1] : page;
		entry = pair[0] == AT_ENTRY ? pair[1] : entry;
		end += pair[0] == AT_NULL;
	}
	CHECK(page == getauxval(AT_PAGESZ) && entry == getauxval(AT_ENTRY) && end == 1);
	kill(child, SIGKILL);
	CHECK(wait_for(child) == 128 + SIGKILL);
	return check_status();
}
