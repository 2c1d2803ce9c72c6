#include "file.h"

/* Path walks through symbolic links, up and down. */
int main(void)
{
	enter_empty("symlink_walk");
	mkdir("a", 0755);
	mkdir("a/b", 0755);
	put("a/b/f", "deep");
	put("top", "top");
	CHECK(symlink("a/b", "s") == 0 && holds("s/f", "deep"));
	CHECK(symlink("../..", "a/b/up") == 0 && holds("s/up/top", "top") && holds("a/b/up/a/b/up/top", "top"));
	CHECK(holds("s/../b/f", "deep"));
	CHECK(symlink("s/f", "t") == 0 && symlink("t", "u") == 0 && holds("u", "deep"));
	CHECK(symlink("top", "file") == 0);
	FAILS(open("file/x", O_RDONLY), ENOTDIR);
	FAILS(open("file/", O_RDONLY), ENOTDIR);
	CHECK(entries("s/") == 2);
	return check_status();
}
