/* After a truncation the pages that are gone raise SIGBUS, and the cut page ends in zeros. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-truncate_cuts_mapping");

	int fd = file_of("f", 3 * PAGE, 'a');
	char *at = map(fd, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

	CHECK(at[0] == 'a' && at[PAGE] == 'a' && at[2 * PAGE] == 'a');
	at[PAGE + 50] = 'b';
	CHECK(ftruncate(fd, PAGE + 51) == 0);
	CHECK(at[PAGE + 50] == 'b' && at[PAGE + 51] == 0);
	CHECK(fault_of_read(at + 2 * PAGE) == SIGBUS);
	CHECK(ftruncate(fd, 3 * PAGE) == 0);
	CHECK(fault_of_read(at + 2 * PAGE) == 0 && at[2 * PAGE] == 0 && at[PAGE + 51] == 0);
	return check_status();
}
