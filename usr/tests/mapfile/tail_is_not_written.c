/* What is stored behind the end in the last page does not make the file longer. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-tail_is_not_written");

	int fd = file_of("f", 100, 'a');
	char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	struct stat st;
	char got[200];

	at[150] = 'x';
	at[99] = 'y';
	CHECK(munmap(at, PAGE) == 0);
	CHECK(fstat(fd, &st) == 0 && st.st_size == 100);
	CHECK(pread(fd, got, 200, 0) == 100 && got[99] == 'y');
	return check_status();
}
