#include "file.h"

/* statx(2): the basic fields are stat's. */
int main(void)
{
	struct statx x;
	struct stat s;
	enter_empty("statx");
	put("f", "12345");
	CHECK(statx(AT_FDCWD, "f", 0, STATX_BASIC_STATS, &x) == 0 && stat("f", &s) == 0);
	CHECK((x.stx_mask & STATX_BASIC_STATS) == STATX_BASIC_STATS);
	CHECK(x.stx_ino == s.st_ino && x.stx_size == 5 && x.stx_mode == s.st_mode && x.stx_nlink == 1);
	CHECK(x.stx_mtime.tv_sec == s.st_mtim.tv_sec && x.stx_mtime.tv_nsec == s.st_mtim.tv_nsec);
	FAILS(statx(AT_FDCWD, "f", -1, STATX_BASIC_STATS, &x), EINVAL);
	FAILS(statx(AT_FDCWD, "none", 0, STATX_BASIC_STATS, &x), ENOENT);
	return check_status();
}
