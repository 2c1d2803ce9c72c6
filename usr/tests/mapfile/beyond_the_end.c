/* A page wholly behind the end of the file raises SIGBUS; the rest of the last page is zeros. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-beyond_the_end");

	int fd = file_of("f", PAGE + 100, 'a');
	char *at = map(fd, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

	CHECK(fault_of_read(at + PAGE + 99) == 0);
	CHECK(at[PAGE + 100] == 0 && at[2 * PAGE - 1] == 0);
	CHECK(fault_of_read(at + 2 * PAGE) == SIGBUS);
	CHECK(fault_of_write(at + 2 * PAGE) == SIGBUS);
	CHECK(fault_of_read(at) == 0);
	return check_status();
}
