/* A page of a private mapping that was written to does not follow the file any more. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-private_copy_stays");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *at = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);

	at[0] = 'p';
	CHECK(pwrite(fd, "bb", 2, 0) == 2);
	CHECK(at[0] == 'p' && at[1] == 'a');
	return check_status();
}
