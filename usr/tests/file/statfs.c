#include "file.h"

/* statfs(2), fstatfs(2), statvfs. */
int main(void)
{
	enter_empty("statfs");
	struct statfs_like { long type, size; unsigned long blocks, free, available, files, ffree; int id[2]; long name, fragment; long rest[5]; } a, b;
	int fd = open(".", O_RDONLY);
	CHECK(syscall(SYS_statfs, ".", &a) == 0 && syscall(SYS_fstatfs, fd, &b) == 0);
	CHECK(a.type == b.type && a.size > 0 && a.blocks > 0 && a.free <= a.blocks && a.name == 255);
	FAILS(syscall(SYS_statfs, "none", &a), ENOENT);
	FAILS(syscall(SYS_fstatfs, -1, &a), EBADF);
	return check_status();
}
