/* A mapping shows the old file after another one took its name. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-replaced_by_rename");

	int fd = file_of("f", PAGE, 'o');
	char *at = map(fd, PAGE, PROT_READ, MAP_SHARED);

	close(fd);
	close(file_of("n", PAGE, 'n'));
	CHECK(rename("n", "f") == 0);
	CHECK(at[0] == 'o');
	fd = open("f", O_RDONLY);
	char *new_at = map(fd, PAGE, PROT_READ, MAP_SHARED);
	CHECK(new_at[0] == 'n' && at[1] == 'o');
	return check_status();
}
