/* After fork a private mapping is each process's own. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-private_over_fork");

	int fd = file_of("f", PAGE, 'a');
	char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	int status;

	at[0] = 'p';
	if (fork() == 0) {
		at[0] = 'c';
		_exit(at[0] == 'c' && at[1] == 'a' ? 0 : 1);
	}
	CHECK(wait(&status) > 0 && status == 0);
	CHECK(at[0] == 'p');
	return check_status();
}
