/* read and write see what is mapped, and mappings what is written, without msync. */
#include "map.h"

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-no_msync");

	int fd = file_of("f", 3 * PAGE, 'a');
	int other = open("f", O_RDWR);
	char *at = map(fd, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char got[8];

	at[PAGE - 1] = 'x';
	at[PAGE] = 'y';
	CHECK(pread(other, got, 2, PAGE - 1) == 2 && got[0] == 'x' && got[1] == 'y');
	CHECK(pwrite(other, "12345678", 8, 2 * PAGE - 4) == 8);
	CHECK(memcmp(at + 2 * PAGE - 4, "12345678", 8) == 0);
	at[2 * PAGE] = 'z';
	CHECK(pread(fd, got, 8, 2 * PAGE - 4) == 8 && memcmp(got, "1234z678", 8) == 0);
	CHECK(at[PAGE - 1] == 'x' && at[2 * PAGE - 5] == 'a');
	return check_status();
}
