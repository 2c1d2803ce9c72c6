#include "file.h"

/* link(2): several names of one file. */
int main(void)
{
	struct stat a, b;
	enter_empty("link");
	put("a", "one");
	CHECK(link("a", "b") == 0 && stat("a", &a) == 0 && stat("b", &b) == 0);
	CHECK(a.st_ino == b.st_ino && a.st_nlink == 2 && b.st_nlink == 2);
	CHECK(put("b", "changed") == 7 && holds("a", "changed"));
	CHECK(unlink("a") == 0 && stat("b", &b) == 0 && b.st_nlink == 1 && holds("b", "changed"));
	FAILS(link("b", "b"), EEXIST);
	FAILS(link("none", "c"), ENOENT);
	FAILS(link("b", "none/c"), ENOENT);
	mkdir("d", 0755);
	FAILS(link("d", "e"), EPERM);
	return check_status();
}
