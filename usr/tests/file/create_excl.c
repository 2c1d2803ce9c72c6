#include "file.h"

/* open(2): O_CREAT | O_EXCL makes a file once, and does not follow a link. */
int main(void)
{
	enter_empty("create_excl");
	int fd = open("f", O_CREAT | O_EXCL | O_RDWR, 0600);
	CHECK(fd >= 0);
	FAILS(open("f", O_CREAT | O_EXCL | O_RDWR, 0600), EEXIST);
	CHECK(symlink("nowhere", "l") == 0);
	FAILS(open("l", O_CREAT | O_EXCL | O_RDWR, 0600), EEXIST);
	CHECK(!exists("nowhere"));
	CHECK(mkdir("d", 0755) == 0);
	FAILS(open("d", O_CREAT | O_EXCL | O_RDWR, 0600), EEXIST);
	close(fd);
	return check_status();
}
