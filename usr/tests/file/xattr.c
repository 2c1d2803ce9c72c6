#include "file.h"

/* setxattr(2), getxattr(2), removexattr(2). */
int main(void)
{
	char buffer[20];
	enter_empty("xattr");
	put("f", "");
	CHECK(setxattr("f", "user.a", "v\0w", 3, 0) == 0);
	CHECK(getxattr("f", "user.a", buffer, 20) == 3 && memcmp(buffer, "v\0w", 3) == 0);
	CHECK(getxattr("f", "user.a", NULL, 0) == 3);
	FAILS(getxattr("f", "user.a", buffer, 2), ERANGE);
	FAILS(getxattr("f", "user.b", buffer, 20), ENODATA);
	FAILS(setxattr("f", "user.a", "x", 1, XATTR_CREATE), EEXIST);
	FAILS(setxattr("f", "user.b", "x", 1, XATTR_REPLACE), ENODATA);
	CHECK(setxattr("f", "user.a", "", 0, XATTR_REPLACE) == 0 && getxattr("f", "user.a", buffer, 20) == 0);
	CHECK(removexattr("f", "user.a") == 0);
	FAILS(removexattr("f", "user.a"), ENODATA);
	FAILS(setxattr("f", "other.a", "x", 1, 0), EOPNOTSUPP);
	FAILS(setxattr("none", "user.a", "x", 1, 0), ENOENT);
	return check_status();
}
