#include "file.h"

/* Inode numbers are stable and distinct. */
int main(void)
{
	struct stat a, b, again;
	enter_empty("inode_numbers");
	put("a", "");
	put("b", "");
	CHECK(stat("a", &a) == 0 && stat("b", &b) == 0 && a.st_ino != b.st_ino && a.st_dev == b.st_dev);
	CHECK(put("a", "rewritten") == 9 && chmod("a", 0600) == 0 && stat("a", &again) == 0 && again.st_ino == a.st_ino);
	CHECK(rename("a", "c") == 0 && stat("c", &again) == 0 && again.st_ino == a.st_ino);
	CHECK(stat(".", &a) == 0 && stat("./", &again) == 0 && again.st_ino == a.st_ino);
	mkdir("d", 0755);
	CHECK(stat("d/..", &again) == 0 && again.st_ino == a.st_ino);
	return check_status();
}
