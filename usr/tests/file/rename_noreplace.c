#include "file.h"

/* renameat2(2): RENAME_NOREPLACE. */
int main(void)
{
	enter_empty("rename_noreplace");
	put("a", "a");
	put("b", "b");
	FAILS(renameat2(AT_FDCWD, "a", AT_FDCWD, "b", RENAME_NOREPLACE), EEXIST);
	CHECK(holds("a", "a") && holds("b", "b"));
	CHECK(renameat2(AT_FDCWD, "a", AT_FDCWD, "c", RENAME_NOREPLACE) == 0 && holds("c", "a"));
	FAILS(renameat2(AT_FDCWD, "b", AT_FDCWD, "c", RENAME_NOREPLACE | RENAME_EXCHANGE), EINVAL);
	FAILS(renameat2(AT_FDCWD, "b", AT_FDCWD, "c", 64), EINVAL);
	return check_status();
}
