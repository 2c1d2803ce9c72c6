/* Two shared mappings of one file are the same memory. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-two_mappings");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *one = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char *two = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);

	CHECK(one != two);
	CHECK(one[5] == 'a' && two[5] == 'a');
	one[5] = 'b';
	CHECK(two[5] == 'b');
	two[PAGE] = 'c';
	CHECK(one[PAGE] == 'c');
	return check_status();
}
