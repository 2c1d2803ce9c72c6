/* Mappings begin at any page of the file and are as long as asked, rounded to pages. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-offset_and_length");

	int fd = file_of("f", 4 * PAGE, 'a');

	CHECK(pwrite(fd, "2", 1, 2 * PAGE) == 1);
	char *at = mmap(NULL, 10, PROT_READ, MAP_SHARED, fd, 2 * PAGE);
	CHECK(at != MAP_FAILED && at[0] == '2' && at[PAGE - 1] == 'a');
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 100) == MAP_FAILED && errno == EINVAL);
	CHECK(mmap(NULL, 0, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED && errno == EINVAL);
	return check_status();
}
