/* open with O_TRUNC cuts mappings too. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-open_trunc_cuts_mapping");

	int fd = file_of("f", PAGE, 'a');
	char *at = map(fd, PAGE, PROT_READ, MAP_SHARED);

	CHECK(at[9] == 'a');
	CHECK(close(open("f", O_WRONLY | O_TRUNC)) == 0);
	CHECK(fault_of_read(at) == SIGBUS);
	return check_status();
}
