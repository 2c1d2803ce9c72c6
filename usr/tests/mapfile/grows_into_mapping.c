/* A page behind the end can be used once the file has grown. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-grows_into_mapping");

	int fd = file_of("f", 10, 'a');
	char *at = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

	CHECK(fault_of_read(at + PAGE) == SIGBUS);
	CHECK(ftruncate(fd, 2 * PAGE) == 0);
	CHECK(fault_of_read(at + PAGE) == 0 && at[PAGE] == 0);
	at[PAGE] = 'x';
	CHECK(pread(fd, at + 100, 1, PAGE) == 1 && at[100] == 'x');
	return check_status();
}
