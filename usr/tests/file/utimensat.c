#include "file.h"

/* utimensat(2): values, UTIME_NOW, UTIME_OMIT. */
int main(void)
{
	struct stat stat;
	struct timespec times[2] = {{1000, 123456789}, {2000, 987654321}}, now;
	enter_empty("utimensat");
	put("f", "");
	CHECK(utimensat(AT_FDCWD, "f", times, 0) == 0 && lstat("f", &stat) == 0);
	CHECK(stat.st_atim.tv_sec == 1000 && stat.st_atim.tv_nsec == 123456789);
	CHECK(stat.st_mtim.tv_sec == 2000 && stat.st_mtim.tv_nsec == 987654321);
	times[0].tv_nsec = UTIME_OMIT;
	times[1].tv_nsec = UTIME_NOW;
	clock_gettime(CLOCK_REALTIME, &now);
	CHECK(utimensat(AT_FDCWD, "f", times, 0) == 0 && lstat("f", &stat) == 0);
	CHECK(stat.st_atim.tv_sec == 1000 && stat.st_mtim.tv_sec >= now.tv_sec - 1 && stat.st_mtim.tv_sec <= now.tv_sec + 60);
	times[0].tv_nsec = 1000000000;
	FAILS(utimensat(AT_FDCWD, "f", times, 0), EINVAL);
	CHECK(utimensat(AT_FDCWD, "f", NULL, 0) == 0 && lstat("f", &stat) == 0 && stat.st_atim.tv_sec >= now.tv_sec - 1);
	FAILS(utimensat(AT_FDCWD, "none", NULL, 0), ENOENT);
	return check_status();
}
