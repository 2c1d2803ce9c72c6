#include "file.h"
#include <sys/syscall.h>

/* openat2(2): RESOLVE_BENEATH and RESOLVE_IN_ROOT keep a walk within a directory. */
#define BENEATH 0x08
#define IN_ROOT 0x10

static long scoped(int dir, const char *path, unsigned long resolve)
{
	unsigned long how[3] = { O_RDONLY, 0, resolve };

	return syscall(SYS_openat2, dir, path, how, sizeof how);
}

int main(void)
{
	struct stat one, two;
	enter_empty("openat2_beneath");
	mkdir("d", 0755);
	mkdir("d/e", 0755);
	put("out", "o");
	put("d/f", "f");
	symlink("/f", "d/absolute");
	symlink("../out", "d/up");
	symlink("e/../f", "d/inside");
	int dir = open("d", O_RDONLY | O_DIRECTORY);

	CHECK(scoped(dir, "f", BENEATH) >= 0 && scoped(dir, "e/../f", BENEATH) >= 0 && scoped(dir, "inside", BENEATH) >= 0);
	FAILS(scoped(dir, "../out", BENEATH), EXDEV);
	FAILS(scoped(dir, "e/../../out", BENEATH), EXDEV);
	FAILS(scoped(dir, "/f", BENEATH), EXDEV);
	FAILS(scoped(dir, "absolute", BENEATH), EXDEV);
	FAILS(scoped(dir, "up", BENEATH), EXDEV);
	CHECK(scoped(dir, "/f", IN_ROOT) >= 0 && scoped(dir, "absolute", IN_ROOT) >= 0 && scoped(dir, "../../f", IN_ROOT) >= 0);
	FAILS(scoped(dir, "up", IN_ROOT), ENOENT);
	int fd = scoped(dir, "..", IN_ROOT);
	CHECK(fd >= 0 && fstat(fd, &one) == 0 && fstat(dir, &two) == 0 && one.st_ino == two.st_ino);
	return check_status();
}
