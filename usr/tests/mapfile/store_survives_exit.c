/* What a child stored is in the file after it has ended, without munmap. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-store_survives_exit");

	int fd = file_of("f", PAGE, 'a');
	char got[1];
	int status;

	if (fork() == 0) {
		char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

		at[7] = 'c';
		_exit(0);
	}
	CHECK(wait(&status) > 0 && status == 0);
	CHECK(pread(fd, got, 1, 7) == 1 && got[0] == 'c');
	return check_status();
}
