/* Bytes that O_APPEND writes show in a mapping that reaches there. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-append_extends_mapping");

	close(file_of("f", 10, 'a'));
	int fd = open("f", O_RDWR | O_APPEND);
	char *at = map(fd, PAGE, PROT_READ, MAP_SHARED);

	CHECK(at[10] == 0);
	CHECK(write(fd, "bcd", 3) == 3);
	CHECK(at[9] == 'a' && at[10] == 'b' && at[12] == 'd' && at[13] == 0);
	return check_status();
}
