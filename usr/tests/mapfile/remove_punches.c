/* MADV_REMOVE makes zeros of a part of the file, for all who see it. */
#include "map.h"

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-remove_punches");

	int fd = file_of("f", 3 * PAGE, 'a');
	char *one = map(fd, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char *two = map(fd, 3 * PAGE, PROT_READ, MAP_SHARED);
	char got;
	struct stat st;

	one[PAGE] = 'x';
	one[2 * PAGE] = 'y';
	CHECK(madvise(one + PAGE, PAGE, MADV_REMOVE) == 0);
	CHECK(one[PAGE] == 0 && two[PAGE + 1] == 0);
	CHECK(one[0] == 'a' && two[2 * PAGE] == 'y' && two[3 * PAGE - 1] == 'a');
	CHECK(pread(fd, &got, 1, PAGE + 7) == 1 && got == 0);
	CHECK(fstat(fd, &st) == 0 && st.st_size == 3 * PAGE);
	return check_status();
}
