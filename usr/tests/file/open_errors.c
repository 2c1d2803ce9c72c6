#include "file.h"

/* open(2): what has no name, is a directory, or is none. */
int main(void)
{
	char longname[300];
	enter_empty("open_errors");
	put("f", "");
	mkdir("d", 0755);
	FAILS(open("none", O_RDONLY), ENOENT);
	FAILS(open("", O_RDONLY), ENOENT);
	FAILS(open("none/f", O_CREAT | O_RDWR, 0644), ENOENT);
	FAILS(open("f/g", O_RDONLY), ENOTDIR);
	FAILS(open("f/", O_RDONLY), ENOTDIR);
	FAILS(open("d", O_WRONLY), EISDIR);
	FAILS(open("d", O_RDWR), EISDIR);
	FAILS(open("d", O_CREAT | O_RDONLY, 0644), EISDIR);
	FAILS(open("new/", O_CREAT | O_RDWR, 0644), EISDIR);
	FAILS(open("f", O_RDONLY | O_DIRECTORY), ENOTDIR);
	memset(longname, 'n', sizeof longname - 1);
	longname[sizeof longname - 1] = 0;
	FAILS(open(longname, O_CREAT | O_RDWR, 0644), ENAMETOOLONG);
	FAILS(open((char *)nowhere, O_RDONLY), EFAULT);
	return check_status();
}
