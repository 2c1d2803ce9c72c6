/* read() sees what was stored through a shared mapping, without msync. */
#include "map.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-read_sees_shared_store");

	int fd = file_of("f", 3 * PAGE, 'a');
	char *at = map(fd, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char got[8] = "";

	memcpy(at + PAGE - 2, "hello", 5);
	CHECK(pread(fd, got, 7, PAGE - 3) == 7);
	CHECK(memcmp(got, "ahelloa", 7) == 0);
	at[0] = 'Z';
	CHECK(pread(fd, got, 1, 0) == 1 && got[0] == 'Z');
	return check_status();
}
