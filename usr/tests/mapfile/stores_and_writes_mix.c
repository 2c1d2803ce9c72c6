/* Stores and writes to different bytes of one page do not undo each other. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-stores_and_writes_mix");

	int fd = file_of("f", PAGE, '.');
	char *at = map(fd, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char got[PAGE];

	for (int i = 0; i < 100; i += 2) {
		at[i] = 'm';
		CHECK(pwrite(fd, "w", 1, i + 1) == 1);
	}
	CHECK(pread(fd, got, PAGE, 0) == PAGE);
	CHECK(memcmp(got, at, PAGE) == 0);
	for (int i = 0; i < 100; i++)
		CHECK(got[i] == (i % 2 ? 'w' : 'm'));
	CHECK(got[100] == '.');
	return check_status();
}
