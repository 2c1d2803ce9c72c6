#include "file.h"

/* statx(2): masks, AT_EMPTY_PATH, the sync types, and what only one may be given. */
int main(void)
{
	struct statx x;
	enter_empty("statx_masks");
	put("f", "12345");
	int fd = open("f", O_RDONLY);
	CHECK(statx(fd, "", AT_EMPTY_PATH, STATX_SIZE, &x) == 0 && (x.stx_mask & STATX_SIZE) && x.stx_size == 5);
	CHECK(statx(AT_FDCWD, "f", AT_STATX_FORCE_SYNC, STATX_MODE, &x) == 0 && S_ISREG(x.stx_mode));
	CHECK(statx(AT_FDCWD, "f", AT_STATX_DONT_SYNC, 0, &x) == 0);
	FAILS(statx(AT_FDCWD, "f", AT_STATX_SYNC_TYPE, STATX_MODE, &x), EINVAL);
	FAILS(statx(AT_FDCWD, "f", 0, 0x80000000u, &x), EINVAL);
	FAILS(statx(AT_FDCWD, "", 0, STATX_MODE, &x), ENOENT);
	FAILS(statx(AT_FDCWD, "f/", 0, STATX_MODE, &x), ENOTDIR);
	return check_status();
}
