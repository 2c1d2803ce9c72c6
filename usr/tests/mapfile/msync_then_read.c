/* msync with each flag leaves the content as it is, and wrong arguments are refused. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-msync_then_read");

	int fd = file_of("f", 2 * PAGE, 'a');
	char *at = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char got[1];

	at[PAGE] = 'x';
	CHECK(msync(at, 2 * PAGE, MS_SYNC) == 0);
	CHECK(msync(at, PAGE, MS_ASYNC) == 0);
	CHECK(msync(at, PAGE, MS_SYNC | MS_INVALIDATE) == 0);
	CHECK(pread(fd, got, 1, PAGE) == 1 && got[0] == 'x');
	CHECK(msync(at + 1, PAGE, MS_SYNC) == -1 && errno == EINVAL);
	CHECK(msync(at, PAGE, MS_SYNC | MS_ASYNC) == -1 && errno == EINVAL);
	CHECK(munmap(at, 2 * PAGE) == 0);
	CHECK(msync(at, PAGE, MS_SYNC) == -1 && errno == ENOMEM);
	return check_status();
}
