/* A mapping keeps a file whose name and descriptors are gone. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-survives_unlink");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *at = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

	CHECK(unlink("f") == 0);
	CHECK(close(fd) == 0);
	CHECK(access("f", F_OK) == -1 && errno == ENOENT);
	CHECK(at[PAGE] == 'a');
	at[0] = 'x';
	CHECK(at[0] == 'x');
	CHECK(msync(at, 2 * PAGE, MS_SYNC) == 0);
	return check_status();
}
