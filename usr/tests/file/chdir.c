#include "file.h"

/* chdir(2), fchdir(2), getcwd(2). */
int main(void)
{
	char cwd[300], before[300];
	enter_empty("chdir");
	mkdir("d", 0755);
	put("f", "");
	CHECK(getcwd(before, sizeof before) != NULL);
	int dir = open(".", O_RDONLY), file = open("f", O_RDONLY);
	CHECK(chdir("d") == 0 && getcwd(cwd, sizeof cwd) && strcmp(cwd + strlen(before), "/d") == 0);
	CHECK(fchdir(dir) == 0 && getcwd(cwd, sizeof cwd) && strcmp(cwd, before) == 0);
	FAILS(fchdir(file), ENOTDIR);
	FAILS(fchdir(-1), EBADF);
	FAILS(chdir("f"), ENOTDIR);
	FAILS(chdir("none"), ENOENT);
	CHECK(getcwd(cwd, 2) == NULL && errno == ERANGE);
	symlink("d", "l");
	CHECK(chdir("l/..") == 0 && getcwd(cwd, sizeof cwd) && strcmp(cwd, before) == 0);
	return check_status();
}
