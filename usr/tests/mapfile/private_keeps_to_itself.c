/* Stores to a private mapping never reach the file. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-private_keeps_to_itself");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *at = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	char got[2];

	at[1] = 'p';
	at[PAGE + 1] = 'q';
	CHECK(pread(fd, got, 1, 1) == 1 && got[0] == 'a');
	CHECK(msync(at, 2 * PAGE, MS_SYNC) == 0);
	CHECK(pread(fd, got, 1, PAGE + 1) == 1 && got[0] == 'a');
	CHECK(at[1] == 'p' && at[PAGE + 1] == 'q' && at[0] == 'a');
	return check_status();
}
