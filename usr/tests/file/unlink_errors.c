#include "file.h"

/* unlink(2), unlinkat(2): directories and what is not there. */
int main(void)
{
	enter_empty("unlink_errors");
	mkdir("d", 0755);
	put("f", "");
	FAILS(unlink("none"), ENOENT);
	FAILS(unlink("d"), EISDIR);
	FAILS(unlink("f/"), ENOTDIR);
	FAILS(unlink(""), ENOENT);
	FAILS(unlinkat(AT_FDCWD, "f", AT_REMOVEDIR), ENOTDIR);
	FAILS(unlinkat(AT_FDCWD, "f", 1), EINVAL);
	CHECK(unlinkat(AT_FDCWD, "d", AT_REMOVEDIR) == 0 && unlinkat(AT_FDCWD, "f", 0) == 0 && entries(".") == 0);
	return check_status();
}
