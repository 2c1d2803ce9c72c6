#include "file.h"

/* open(2): the access mode decides what a descriptor can do. */
int main(void)
{
	char byte;
	enter_empty("open_modes");
	put("f", "x");
	int r = open("f", O_RDONLY), w = open("f", O_WRONLY), p = open("f", O_PATH);
	FAILS(write(r, "y", 1), EBADF);
	FAILS(read(w, &byte, 1), EBADF);
	FAILS(read(p, &byte, 1), EBADF);
	FAILS(ftruncate(r, 0), EINVAL);
	CHECK((fcntl(r, F_GETFL) & O_ACCMODE) == O_RDONLY);
	CHECK((fcntl(w, F_GETFL) & O_ACCMODE) == O_WRONLY);
	CHECK(holds("f", "x"));
	return check_status();
}
