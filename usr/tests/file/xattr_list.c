#include "file.h"

/* listxattr(2), and attributes of directories and by descriptor. */
int main(void)
{
	char names[100];
	enter_empty("xattr_list");
	mkdir("d", 0755);
	CHECK(setxattr("d", "user.one", "1", 1, 0) == 0 && setxattr("d", "user.two", "2", 1, 0) == 0);
	CHECK(listxattr("d", NULL, 0) == 18);
	long length = listxattr("d", names, sizeof names);
	CHECK(length == 18 && memmem(names, length, "user.one", 9) && memmem(names, length, "user.two", 9));
	FAILS(listxattr("d", names, 5), ERANGE);
	put("f", "");
	int fd = open("f", O_RDWR);
	CHECK(fsetxattr(fd, "user.x", "abc", 3, 0) == 0 && fgetxattr(fd, "user.x", names, 100) == 3);
	CHECK(flistxattr(fd, names, 100) == 7 && strcmp(names, "user.x") == 0);
	CHECK(fremovexattr(fd, "user.x") == 0 && flistxattr(fd, names, 100) == 0);
	return check_status();
}
