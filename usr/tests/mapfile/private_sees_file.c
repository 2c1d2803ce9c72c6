/* Pages of a private mapping that were not written show what happens to the file. */
#include "map.h"

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-private_sees_file");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *own = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	char *shared = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char got;

	own[0] = 'p';
	CHECK(own[PAGE] == 'a');
	shared[PAGE] = 's';
	shared[1] = 's';
	CHECK(own[PAGE] == 's' && own[1] == 'a');
	CHECK(pwrite(fd, "w", 1, PAGE + 1) == 1 && own[PAGE + 1] == 'w');
	CHECK(pread(fd, &got, 1, 0) == 1 && got == 'a' && shared[0] == 'a');
	return check_status();
}
