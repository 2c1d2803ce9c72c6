#include "owner.h"

/* utimensat(2): setting times takes the owner, touching also one who may write; UTIME_OMIT twice checks nothing. */
static const struct timespec both_now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}}, both_omit[2] = {{0, UTIME_OMIT}, {0, UTIME_OMIT}},
	one_now[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}}, given[2] = {{1000, 1}, {2000, 2}};

static void writer(void)
{
	EXPECT(utimensat(AT_FDCWD, "writable", NULL, 0) == 0 && utimensat(AT_FDCWD, "writable", both_now, 0) == 0);
	EXPECT(utimensat(AT_FDCWD, "writable", both_omit, 0) == 0 && utimensat(AT_FDCWD, "readable", both_omit, 0) == 0);
	REFUSED(utimensat(AT_FDCWD, "writable", one_now, 0), EPERM);
	REFUSED(utimensat(AT_FDCWD, "writable", given, 0), EPERM);
	REFUSED(utimensat(AT_FDCWD, "readable", NULL, 0), EACCES);
	REFUSED(utimensat(AT_FDCWD, "readable", both_now, 0), EACCES);
	REFUSED(utimensat(AT_FDCWD, "readable", given, 0), EPERM);
}

static void owner(void)
{
	struct stat stat;
	EXPECT(utimensat(AT_FDCWD, "readable", given, 0) == 0 && lstat("readable", &stat) == 0);
	EXPECT(stat.st_atim.tv_sec == 1000 && stat.st_atim.tv_nsec == 1 && stat.st_mtim.tv_sec == 2000);
	EXPECT(utimensat(AT_FDCWD, "readable", one_now, 0) == 0 && lstat("readable", &stat) == 0);
	EXPECT(stat.st_atim.tv_sec > 1000 && stat.st_mtim.tv_sec == 2000 && stat.st_mtim.tv_nsec == 2);
	EXPECT(utimensat(AT_FDCWD, "readable", NULL, 0) == 0);
}

int main(void)
{
	if (enter_as_root("times_rules")) {
		make("writable", 0666, 5000, 5000);
		make("readable", 0444, 5000, 5000);
		as_user(6000, writer);
		as_user(5000, owner);
	}
	return check_status();
}
