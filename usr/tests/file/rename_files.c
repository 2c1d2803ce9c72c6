#include "file.h"

/* rename(2): moves and replaces in one step. */
int main(void)
{
	struct stat before, after;
	enter_empty("rename_files");
	put("a", "a");
	put("b", "b");
	mkdir("d", 0755);
	CHECK(lstat("a", &before) == 0 && rename("a", "b") == 0);
	CHECK(!exists("a") && holds("b", "a") && lstat("b", &after) == 0 && after.st_ino == before.st_ino);
	CHECK(rename("b", "d/c") == 0 && holds("d/c", "a"));
	CHECK(link("d/c", "e") == 0 && rename("e", "d/c") == 0 && exists("e") && exists("d/c"));
	CHECK(rename("e", "e") == 0 && exists("e"));
	CHECK(symlink("e", "l") == 0 && rename("l", "m") == 0 && lstat("m", &after) == 0 && S_ISLNK(after.st_mode));
	return check_status();
}
