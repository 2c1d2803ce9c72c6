/* A fixed mapping takes the place of another; the old stores are in the file. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-fixed_over_file");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *at = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char got[1];

	at[PAGE] = 'x';
	CHECK(mmap(at + PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == at + PAGE);
	CHECK(at[PAGE] == 0 && at[0] == 'a');
	CHECK(pread(fd, got, 1, PAGE) == 1 && got[0] == 'x');
	return check_status();
}
