/* A program that knows only the name of a file sees, and makes, stores at once. */
#include "map.h"

int main(int argc, char **argv)
{
	if (argc > 1) {
		int fd = open("f", O_RDWR);
		volatile char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

		if (at[0] != 'p')
			return 1;
		at[1] = 'c';
		while (at[2] != 'q')
			sched_yield();
		return 0;
	}
	alarm(60);
	enter_scratch("mapfile-other_program");

	int fd = file_of("f", PAGE, 'a');
	volatile char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	pid_t child;

	at[0] = 'p';
	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(reexec("other_program", "child", NULL));
	while (at[1] != 'c')
		sched_yield();
	at[2] = 'q';
	CHECK(wait_for(child) == 0);
	CHECK(at[0] == 'p' && at[3] == 'a');
	(void)argv;
	return check_status();
}
