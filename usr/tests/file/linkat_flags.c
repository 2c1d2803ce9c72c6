#include "file.h"

/* linkat(2): links to links, and AT_SYMLINK_FOLLOW. */
int main(void)
{
	struct stat stat;
	enter_empty("linkat_flags");
	put("f", "");
	CHECK(symlink("f", "l") == 0);
	CHECK(linkat(AT_FDCWD, "l", AT_FDCWD, "a", 0) == 0 && lstat("a", &stat) == 0 && S_ISLNK(stat.st_mode) && stat.st_nlink == 2);
	CHECK(linkat(AT_FDCWD, "l", AT_FDCWD, "b", AT_SYMLINK_FOLLOW) == 0 && lstat("b", &stat) == 0 && S_ISREG(stat.st_mode));
	FAILS(linkat(AT_FDCWD, "l", AT_FDCWD, "c", 1), EINVAL);
	return check_status();
}
