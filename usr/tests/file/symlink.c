#include "file.h"

/* symlink(2), readlink(2). */
int main(void)
{
	char buffer[100];
	struct stat info;
	enter_empty("symlink");
	CHECK(symlink("some/where else", "l") == 0);
	CHECK(readlink("l", buffer, sizeof buffer) == 15 && memcmp(buffer, "some/where else", 15) == 0);
	CHECK(readlink("l", buffer, 4) == 4 && memcmp(buffer, "some", 4) == 0);
	CHECK(lstat("l", &info) == 0 && S_ISLNK(info.st_mode) && info.st_size == 15);
	FAILS(readlink("l", buffer, 0), EINVAL);
	FAILS(stat("l", &info), ENOENT);
	FAILS(symlink("x", "l"), EEXIST);
	FAILS(symlink("", "m"), ENOENT);
	FAILS(readlink(".", buffer, 10), EINVAL);
	FAILS(readlink("none", buffer, 10), ENOENT);
	CHECK(unlink("l") == 0 && !exists("l"));
	return check_status();
}
