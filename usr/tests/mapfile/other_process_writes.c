/* What another process writes with write() shows in a mapping. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-other_process_writes");

	int fd = file_of("f", PAGE, 'a');
	char *at = map(fd, PAGE, PROT_READ, MAP_SHARED);
	int status;

	CHECK(at[0] == 'a');
	if (fork() == 0)
		_exit(pwrite(fd, "W", 1, 0) == 1 ? 0 : 1);
	CHECK(wait(&status) > 0 && status == 0);
	CHECK(at[0] == 'W');
	return check_status();
}
