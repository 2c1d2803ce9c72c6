#include "file.h"

/* rename(2) of directories. */
int main(void)
{
	enter_empty("rename_directories");
	mkdir("a", 0755);
	mkdir("a/sub", 0755);
	put("a/sub/f", "deep");
	mkdir("empty", 0755);
	mkdir("full", 0755);
	put("full/x", "");
	CHECK(rename("a", "empty") == 0 && holds("empty/sub/f", "deep") && !exists("a"));
	SHOW(rename("empty", "full"));
	FAILS(rename("empty", "empty/sub/b"), EINVAL);
	FAILS(rename("empty", "full/x"), ENOTDIR);
	FAILS(rename("full/x", "empty"), EISDIR);
	CHECK(rename("empty/sub", "top") == 0 && holds("top/f", "deep") && entries("empty") == 0);
	CHECK(rename("empty/", "last/") == 0 && exists("last"));
	return check_status();
}
