/* What was stored is in the file after munmap and close. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-store_survives_munmap");

	int fd = file_of("f", PAGE + 10, 'a');
	char *at = map(fd, PAGE + 10, PROT_READ | PROT_WRITE, MAP_SHARED);
	char got[4];

	at[3] = 'x';
	at[PAGE + 9] = 'y';
	CHECK(close(fd) == 0);
	CHECK(munmap(at, PAGE + 10) == 0);
	fd = open("f", O_RDONLY);
	CHECK(pread(fd, got, 1, 3) == 1 && got[0] == 'x');
	CHECK(pread(fd, got, 4, PAGE + 9) == 1 && got[0] == 'y');
	return check_status();
}
