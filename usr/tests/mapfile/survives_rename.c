/* A mapping follows its file to another name. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-survives_rename");

	int fd = file_of("f", PAGE, 'a');
	char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char got[1];

	CHECK(close(fd) == 0);
	at[0] = 'x';
	CHECK(rename("f", "g") == 0);
	at[1] = 'y';
	CHECK(munmap(at, PAGE) == 0);
	fd = open("g", O_RDONLY);
	CHECK(pread(fd, got, 1, 0) == 1 && got[0] == 'x');
	CHECK(pread(fd, got, 1, 1) == 1 && got[0] == 'y');
	return check_status();
}
