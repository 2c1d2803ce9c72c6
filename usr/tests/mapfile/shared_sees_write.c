/* A shared mapping shows what write() puts into the file afterwards. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-shared_sees_write");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *at = map(fd, 2 * PAGE, PROT_READ, MAP_SHARED);

	CHECK(at[0] == 'a' && at[PAGE] == 'a');
	CHECK(pwrite(fd, "xyz", 3, PAGE - 1) == 3);
	CHECK(at[PAGE - 1] == 'x' && at[PAGE] == 'y' && at[PAGE + 1] == 'z');
	CHECK(at[PAGE + 2] == 'a');
	return check_status();
}
