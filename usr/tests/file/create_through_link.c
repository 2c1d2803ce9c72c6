#include "file.h"

/* open(2): O_CREAT makes what a dangling link points to. */
int main(void)
{
	enter_empty("create_through_link");
	CHECK(symlink("target", "l") == 0);
	int fd = open("l", O_CREAT | O_WRONLY, 0644);
	CHECK(fd >= 0 && write(fd, "x", 1) == 1 && close(fd) == 0);
	CHECK(holds("target", "x"));
	CHECK(symlink("none/target", "m") == 0);
	FAILS(open("m", O_CREAT | O_WRONLY, 0644), ENOENT);
	return check_status();
}
