#include "file.h"

/* renameat2(2): RENAME_EXCHANGE, of a file and a directory too. */
int main(void)
{
	struct stat stat;
	enter_empty("rename_exchange");
	put("a", "a");
	mkdir("d", 0755);
	put("d/x", "x");
	CHECK(renameat2(AT_FDCWD, "a", AT_FDCWD, "d", RENAME_EXCHANGE) == 0);
	CHECK(holds("d", "a") && holds("a/x", "x"));
	FAILS(renameat2(AT_FDCWD, "a", AT_FDCWD, "none", RENAME_EXCHANGE), ENOENT);
	CHECK(lstat("a", &stat) == 0 && S_ISDIR(stat.st_mode));
	return check_status();
}
