/* Reading a /proc file in small pieces gives the same as at once, and seeking works. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *whole = text_of("/proc/filesystems");
	char piece[8];
	size_t done = 0;
	int differences = 0;
	int fd = open("/proc/filesystems", O_RDONLY);
	ssize_t got;

	while ((got = read(fd, piece, 3)) > 0) {
		differences += memcmp(whole + done, piece, (size_t)got) != 0;
		done += (size_t)got;
	}
	CHECK(differences == 0 && done == strlen(whole));
	CHECK(lseek(fd, 2, SEEK_SET) == 2 && read(fd, piece, 4) == 4 && memcmp(whole + 2, piece, 4) == 0);
	CHECK(pread(fd, piece, 4, 0) == 4 && memcmp(whole, piece, 4) == 0);
	return check_status();
}
