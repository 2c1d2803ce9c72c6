/* read() of a file into a mapping of the same file. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-read_into_mapping");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *at = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

	memset(at + PAGE, 'b', PAGE);
	CHECK(pread(fd, at, PAGE, PAGE) == PAGE);
	CHECK(at[0] == 'b' && at[PAGE - 1] == 'b');
	CHECK(pwrite(fd, at, 10, PAGE + 5) == 10);
	return check_status();
}
