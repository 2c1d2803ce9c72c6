/* What is appended shows in the last page of a mapping, beside what was stored there. */
#include "map.h"

int main(int argc, char **argv)
{
	(void)argc; (void)argv;
	enter_scratch("mapfile-append_tail");

	int fd = file_of("f", 100, 'a');
	int end = open("f", O_WRONLY | O_APPEND);
	char *at = map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
	char got[4];
	struct stat st;

	at[99] = 's';
	CHECK(write(end, "bcd", 3) == 3);
	CHECK(memcmp(at + 98, "asbcd", 5) == 0 && at[103] == 0);
	at[100] = 'B';
	CHECK(write(end, "e", 1) == 1);
	CHECK(memcmp(at + 98, "asBcde", 6) == 0);
	CHECK(pread(fd, got, 4, 99) == 4 && memcmp(got, "sBcd", 4) == 0);
	CHECK(fstat(fd, &st) == 0 && st.st_size == 104);
	CHECK(fault_of_read(at + PAGE) == SIGBUS);
	return check_status();
}
