/* setxattrat and its relatives: by directory, path and flags. */
#include "tests.h"
#include <stdint.h>
#include <sys/xattr.h>

#define NR_SET 463
#define NR_GET 464
#define NR_LIST 465
#define NR_REMOVE 466

struct args {
	uint64_t value;
	uint32_t size, flags;
};

int main(void)
{
	char back[16] = "", names[256];
	struct args set = {(uintptr_t)"value", 5, 0}, get = {(uintptr_t)back, sizeof(back), 0}, flagged = {(uintptr_t)"v", 1, XATTR_REPLACE};
	int directory, fd;

	enter_scratch("file-xattrat");
	directory = open(".", O_RDONLY | O_DIRECTORY);
	fd = open("file", O_CREAT | O_RDWR, 0600);
	CHECK(directory >= 0 && fd >= 0);
	if (syscall(NR_SET, directory, "file", 0, "user.a", &set, sizeof(set)) != 0 && (errno == ENOSYS || errno == EOPNOTSUPP))
		return check_status(); /* before Linux 6.13, or a file system without attributes */
	CHECK(syscall(NR_GET, directory, "file", 0, "user.a", &get, sizeof(get)) == 5 && memcmp(back, "value", 5) == 0);
	CHECK(getxattr("file", "user.a", back, sizeof(back)) == 5);
	CHECK(syscall(NR_GET, fd, "", AT_EMPTY_PATH, "user.a", &get, sizeof(get)) == 5);
	CHECK(syscall(NR_LIST, directory, "file", 0, names, sizeof(names)) > 0);
	CHECK(syscall(NR_SET, directory, "file", 0, "user.b", &flagged, sizeof(flagged)) == -1 && errno == ENODATA);
	CHECK(syscall(NR_REMOVE, directory, "file", 0, "user.a") == 0);
	CHECK(syscall(NR_REMOVE, directory, "file", 0, "user.a") == -1 && errno == ENODATA);
	CHECK(syscall(NR_SET, directory, "file", 0, "user.a", &set, 8) == -1 && errno == EINVAL);
	CHECK(syscall(NR_SET, directory, "file", AT_REMOVEDIR, "user.a", &set, sizeof(set)) == -1 && errno == EINVAL);
	get.flags = 1;
	CHECK(syscall(NR_GET, directory, "file", 0, "user.a", &get, sizeof(get)) == -1 && errno == EINVAL);
	return check_status();
}
