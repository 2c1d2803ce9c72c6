#include "file.h"

/* open(2): O_TRUNC empties a file, its links see it. */
int main(void)
{
	struct stat stat;
	enter_empty("open_trunc");
	CHECK(put("f", "content") == 7 && link("f", "g") == 0);
	int fd = open("f", O_WRONLY | O_TRUNC);
	CHECK(fd >= 0 && fstat(fd, &stat) == 0 && stat.st_size == 0);
	CHECK(holds("g", ""));
	close(fd);
	return check_status();
}
