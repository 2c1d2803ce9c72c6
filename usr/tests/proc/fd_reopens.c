/* Opening /proc/self/fd/N gives a description of its own with a position of its own. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	enter_scratch("proc-fd_reopens");
	int fd = open("f", O_RDWR | O_CREAT, 0600);
	char path[64];
	char got[4] = "";

	CHECK(write(fd, "abcd", 4) == 4);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	int again = open(path, O_RDONLY);
	CHECK(again >= 0 && read(again, got, 2) == 2 && memcmp(got, "ab", 2) == 0);
	CHECK(lseek(fd, 0, SEEK_CUR) == 4 && lseek(again, 0, SEEK_CUR) == 2);
	CHECK(unlink("f") == 0);
	int third = open(path, O_RDONLY);
	CHECK(third >= 0 && read(third, got, 4) == 4);
	return check_status();
}
