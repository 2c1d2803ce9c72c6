#include "file.h"
#include <sys/syscall.h>

/* openat2(2): RESOLVE_NO_SYMLINKS, RESOLVE_NO_MAGICLINKS and RESOLVE_NO_XDEV. */
#define NO_XDEV 0x01
#define NO_MAGICLINKS 0x02
#define NO_SYMLINKS 0x04

static long bound(const char *path, unsigned long flags, unsigned long resolve)
{
	unsigned long how[3] = { flags, 0, resolve };

	return syscall(SYS_openat2, AT_FDCWD, path, how, sizeof how);
}

int main(void)
{
	struct stat stat;
	enter_empty("openat2_links");
	mkdir("d", 0755);
	put("d/f", "f");
	symlink("d", "l");
	symlink("d/f", "m");
	CHECK(bound("d/f", O_RDONLY, NO_SYMLINKS) >= 0);
	FAILS(bound("l/f", O_RDONLY, NO_SYMLINKS), ELOOP);
	FAILS(bound("m", O_RDONLY, NO_SYMLINKS), ELOOP);
	int fd = bound("m", O_PATH | O_NOFOLLOW, NO_SYMLINKS);
	CHECK(fd >= 0 && fstat(fd, &stat) == 0 && S_ISLNK(stat.st_mode));
	CHECK(bound("l/f", O_RDONLY, NO_MAGICLINKS) >= 0);
	fd = open("d/f", O_RDONLY);
	CHECK(dup2(fd, 100) == 100 && bound("/proc/self/fd/100", O_RDONLY, 0) >= 0);
	FAILS(bound("/proc/self/fd/100", O_RDONLY, NO_MAGICLINKS), ELOOP);
	FAILS(bound("/proc/uptime", O_RDONLY, NO_XDEV), EXDEV);
	CHECK(bound("d/f", O_RDONLY, NO_XDEV) >= 0);
	return check_status();
}
