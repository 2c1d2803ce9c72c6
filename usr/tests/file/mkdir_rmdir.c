#include "file.h"

/* mkdir(2), rmdir(2) and link counts of directories. */
int main(void)
{
	struct stat stat;
	enter_empty("mkdir_rmdir");
	CHECK(mkdir("d", 0755) == 0 && lstat("d", &stat) == 0 && S_ISDIR(stat.st_mode) && stat.st_nlink == 2);
	CHECK(mkdir("d/e", 0755) == 0 && lstat("d", &stat) == 0 && stat.st_nlink == 3);
	FAILS(rmdir("d"), ENOTEMPTY);
	CHECK(rmdir("d/e") == 0 && lstat("d", &stat) == 0 && stat.st_nlink == 2);
	FAILS(mkdir("d", 0755), EEXIST);
	FAILS(mkdir("none/x", 0755), ENOENT);
	put("f", "");
	FAILS(mkdir("f", 0755), EEXIST);
	FAILS(mkdir("f/x", 0755), ENOTDIR);
	FAILS(rmdir("f"), ENOTDIR);
	FAILS(rmdir("none"), ENOENT);
	FAILS(rmdir("."), EINVAL);
	FAILS(rmdir("d/.."), ENOTEMPTY);
	CHECK(mkdir("x/", 0755) == 0 && rmdir("x/") == 0 && rmdir("d") == 0);
	CHECK(symlink("nowhere", "l") == 0);
	FAILS(mkdir("l", 0755), EEXIST);
	return check_status();
}
