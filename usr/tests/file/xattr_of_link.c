#include "file.h"

/* A symbolic link and a FIFO may have attributes of their own, of the system's spaces; of users they have none. */
static void try(const char *path)
{
	char value[16];
	char moved[16];

	FAILS(lsetxattr(path, "user.a", "x", 1, 0), EPERM);
	FAILS(lgetxattr(path, "user.a", value, sizeof(value)), ENODATA);
	FAILS(lgetxattr(path, "trusted.legoos", value, sizeof(value)), ENODATA);
	FAILS(lremovexattr(path, "trusted.legoos"), ENODATA);
	FAILS(lsetxattr(path, "trusted.legoos", "x", 1, XATTR_REPLACE), ENODATA);
	CHECK(lsetxattr(path, "trusted.legoos", "value", 5, XATTR_CREATE) == 0);
	FAILS(lsetxattr(path, "trusted.legoos", "value", 5, XATTR_CREATE), EEXIST);
	CHECK(lgetxattr(path, "trusted.legoos", value, sizeof(value)) == 5 && memcmp(value, "value", 5) == 0);
	CHECK(llistxattr(path, NULL, 0) >= 15);
	snprintf(moved, sizeof(moved), "%s2", path);
	CHECK(rename(path, moved) == 0 && lgetxattr(moved, "trusted.legoos", NULL, 0) == 5);
	CHECK(lremovexattr(moved, "trusted.legoos") == 0);
	FAILS(lgetxattr(moved, "trusted.legoos", value, sizeof(value)), ENODATA);
	CHECK(unlink(moved) == 0);
}

int main(void)
{
	enter_empty("xattr_of_link");
	put("f", "");
	if (setxattr("f", "trusted.legoos", "x", 1, 0) != 0)
		return 0; /* it takes CAP_SYS_ADMIN, and a file system with them */
	CHECK(symlink("f", "l") == 0 && mkfifo("p", 0600) == 0);
	try("l");
	try("p");
	CHECK(getxattr("f", "trusted.legoos", NULL, 0) == 1);
	return check_status();
}
