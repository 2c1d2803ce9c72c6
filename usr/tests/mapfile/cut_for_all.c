/* A file that one process cuts raises SIGBUS in another one that maps it. */
#include "map.h"

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-cut_for_all");

	int fd = file_of("f", 3 * PAGE, 'a');
	char *at = map(fd, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	pid_t child;

	CHECK(at[2 * PAGE] == 'a' && at[PAGE] == 'a');
	at[PAGE + 20] = 'k';
	fflush(stdout);
	child = fork();
	if (child == 0) {
		if (at[PAGE + 20] != 'k' || ftruncate(fd, PAGE + 10) != 0)
			_exit(1);
		_exit(fault_of_write(at + 2 * PAGE) == SIGBUS ? 0 : 2);
	}
	CHECK(wait_for(child) == 0);
	CHECK(fault_of_read(at + 2 * PAGE) == SIGBUS);
	CHECK(at[PAGE + 9] == 'a' && at[PAGE + 20] == 0);
	CHECK(ftruncate(fd, 3 * PAGE) == 0 && fault_of_write(at + 2 * PAGE) == 0 && at[2 * PAGE] == 1);
	return check_status();
}
