/* Truncation takes private copies too. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-truncate_private_copy");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *at = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);

	at[0] = 'p';
	CHECK(at[PAGE] == 'a');
	CHECK(ftruncate(fd, PAGE) == 0);
	CHECK(at[0] == 'p');
	CHECK(fault_of_read(at + PAGE) == SIGBUS);
	return check_status();
}
