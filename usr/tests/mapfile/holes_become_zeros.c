/* A hole reads as zeros, and storing into it fills it. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-holes_become_zeros");

	int fd = file_of("f", 1, 'a');
	char got[1];

	CHECK(ftruncate(fd, 64 * PAGE) == 0);
	char *at = map(fd, 64 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	for (int i = 1; i < 64; i++)
		CHECK(at[i * PAGE] == 0);
	at[40 * PAGE] = 'h';
	CHECK(pread(fd, got, 1, 40 * PAGE) == 1 && got[0] == 'h');
	CHECK(pread(fd, got, 1, 41 * PAGE) == 1 && got[0] == 0);
	return check_status();
}
