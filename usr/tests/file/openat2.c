#include "file.h"
#include <sys/syscall.h>

/* openat2(2): its arguments are checked. */
static long how_open(int dir, const char *path, unsigned long flags, unsigned long mode, unsigned long resolve)
{
	unsigned long how[3] = { flags, mode, resolve };

	return syscall(SYS_openat2, dir, path, how, sizeof how);
}

int main(void)
{
	unsigned long how[4] = { O_RDONLY, 0, 0, 0 };
	enter_empty("openat2");
	put("f", "x");
	CHECK(how_open(AT_FDCWD, "f", O_RDONLY, 0, 0) >= 0);
	CHECK(how_open(AT_FDCWD, "n", O_CREAT | O_RDWR, 0600, 0) >= 0 && exists("n"));
	FAILS(how_open(AT_FDCWD, "none", O_RDONLY, 0, 0), ENOENT);
	FAILS(how_open(AT_FDCWD, "f", O_RDONLY, 0600, 0), EINVAL);
	FAILS(how_open(AT_FDCWD, "f", O_CREAT | O_RDWR, 0170000, 0), EINVAL);
	FAILS(how_open(AT_FDCWD, "f", 1UL << 40, 0, 0), EINVAL);
	FAILS(how_open(AT_FDCWD, "f", O_RDONLY, 0, 1UL << 20), EINVAL);
	FAILS(how_open(AT_FDCWD, "f", O_PATH | O_RDWR, 0, 0), EINVAL);
	FAILS(how_open(AT_FDCWD, "f", O_RDONLY, 0, 0x08 | 0x10), EINVAL);
	FAILS(syscall(SYS_openat2, AT_FDCWD, "f", how, 16), EINVAL);
	CHECK(syscall(SYS_openat2, AT_FDCWD, "f", how, sizeof how) >= 0);
	how[3] = 1;
	FAILS(syscall(SYS_openat2, AT_FDCWD, "f", how, sizeof how), E2BIG);
	FAILS(how_open(AT_FDCWD, "c", O_CREAT | O_RDWR, 0600, 0x20), EAGAIN);
	return check_status();
}
