#include "file.h"

/* utimensat(2) on links, by descriptor, and before 1970. */
int main(void)
{
	struct stat stat;
	struct timespec times[2] = {{-86400, 5}, {-1, 999999999}};
	enter_empty("utimensat_links");
	put("f", "");
	symlink("f", "l");
	CHECK(utimensat(AT_FDCWD, "l", times, AT_SYMLINK_NOFOLLOW) == 0 && lstat("l", &stat) == 0);
	CHECK(stat.st_atim.tv_sec == -86400 && stat.st_mtim.tv_sec == -1 && stat.st_mtim.tv_nsec == 999999999);
	CHECK(lstat("f", &stat) == 0 && stat.st_mtim.tv_sec > 1000000);
	int fd = open("f", O_RDONLY);
	CHECK(futimens(fd, times) == 0 && fstat(fd, &stat) == 0 && stat.st_mtim.tv_sec == -1);
	return check_status();
}
