/* MADV_DONTNEED loses nothing of a shared mapping and takes a private one back to the file. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-dontneed_shared");

	int fd = file_of("f", PAGE, 'a');
	char *shared = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char *own = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);

	own[0] = 'p';
	shared[1] = 's';
	CHECK(madvise(shared, PAGE, MADV_DONTNEED) == 0);
	CHECK(madvise(own, PAGE, MADV_DONTNEED) == 0);
	CHECK(shared[1] == 's');
	CHECK(own[0] == 'a' && own[1] == 's');
	return check_status();
}
