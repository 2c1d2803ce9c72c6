/* mremap of a file mapping shows more of the file. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-mremap_file");

	int fd = file_of("f", 4 * PAGE, 'a');
	char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

	at[0] = 'x';
	CHECK(pwrite(fd, "4", 1, 3 * PAGE) == 1);
	char *more = mremap(at, PAGE, 4 * PAGE, MREMAP_MAYMOVE);
	CHECK(more != MAP_FAILED && more[0] == 'x' && more[3 * PAGE] == '4');
	return check_status();
}
