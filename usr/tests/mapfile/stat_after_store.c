/* Size stays, and fstat works, after stores through a mapping. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-stat_after_store");

	int fd = file_of("f", 5000, 'a');
	char *at = map(fd, 5000, PROT_READ | PROT_WRITE, MAP_SHARED);
	struct stat st;

	memset(at, 'z', 5000);
	CHECK(fstat(fd, &st) == 0 && st.st_size == 5000);
	CHECK(stat("f", &st) == 0 && st.st_size == 5000 && S_ISREG(st.st_mode));
	CHECK(fsync(fd) == 0 && fdatasync(fd) == 0);
	CHECK(at[4999] == 'z');
	return check_status();
}
