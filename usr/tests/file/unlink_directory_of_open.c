#include "file.h"

/* The directory of an open file without a name can be removed. */
int main(void)
{
	char buffer[8];
	enter_empty("unlink_directory_of_open");
	CHECK(mkdir("d", 0755) == 0 && put("d/f", "content") == 7);
	int fd = open("d/f", O_RDONLY);
	CHECK(unlink("d/f") == 0 && rmdir("d") == 0);
	CHECK(read(fd, buffer, 8) == 7 && memcmp(buffer, "content", 7) == 0);
	return check_status();
}
