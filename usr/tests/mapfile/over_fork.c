/* A shared mapping is the same memory in parent and child. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-over_fork");

	int fd = file_of("f", PAGE, 'a');
	char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	int status;

	at[0] = 'p';
	if (fork() == 0) {
		if (at[0] != 'p')
			_exit(1);
		at[1] = 'c';
		_exit(0);
	}
	CHECK(wait(&status) > 0 && status == 0);
	CHECK(at[1] == 'c');
	return check_status();
}
