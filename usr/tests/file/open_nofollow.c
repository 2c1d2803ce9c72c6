#include "file.h"

/* open(2): O_NOFOLLOW and O_PATH on symbolic links. */
int main(void)
{
	struct stat stat;
	char target[10];
	enter_empty("open_nofollow");
	put("f", "");
	CHECK(symlink("f", "l") == 0 && symlink(".", "here") == 0);
	FAILS(open("l", O_RDONLY | O_NOFOLLOW), ELOOP);
	FAILS(open("here", O_RDONLY | O_NOFOLLOW | O_DIRECTORY), ENOTDIR);
	CHECK(open("here/f", O_RDONLY | O_NOFOLLOW) >= 0);
	int fd = open("l", O_PATH | O_NOFOLLOW);
	CHECK(fd >= 0 && fstat(fd, &stat) == 0 && S_ISLNK(stat.st_mode));
	CHECK(readlinkat(fd, "", target, sizeof target) == 1 && target[0] == 'f');
	fd = open("l", O_PATH);
	CHECK(fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode));
	return check_status();
}
