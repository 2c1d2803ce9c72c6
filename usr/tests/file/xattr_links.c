#include "file.h"

/* Extended attributes go with the file, not the name; links have none of users. */
int main(void)
{
	char value[10];
	enter_empty("xattr_links");
	put("f", "");
	symlink("f", "l");
	CHECK(setxattr("l", "user.a", "via", 3, 0) == 0 && getxattr("f", "user.a", value, 10) == 3);
	FAILS(lsetxattr("l", "user.a", "x", 1, 0), EPERM);
	CHECK(lgetxattr("f", "user.a", value, 10) == 3);
	CHECK(rename("f", "g") == 0 && link("g", "h") == 0 && getxattr("h", "user.a", value, 10) == 3);
	return check_status();
}
