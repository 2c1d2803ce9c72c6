#include "file.h"

/* access(2), faccessat(2). */
int main(void)
{
	enter_empty("access");
	put("f", "");
	mkdir("d", 0755);
	CHECK(access("f", F_OK) == 0 && access("f", R_OK | W_OK) == 0 && access("d", X_OK) == 0);
	FAILS(access("f", X_OK), EACCES);
	FAILS(access("none", F_OK), ENOENT);
	FAILS(access("f/x", F_OK), ENOTDIR);
	FAILS(access("f", 8), EINVAL);
	int dir = open("d", O_RDONLY);
	put("d/g", "");
	CHECK(faccessat(dir, "g", R_OK, 0) == 0 && faccessat(dir, "../f", F_OK, AT_EACCESS) == 0);
	symlink("nowhere", "l");
	FAILS(access("l", F_OK), ENOENT);
	return check_status();
}
