#include "file.h"

/* rename(2): names that are none. */
int main(void)
{
	enter_empty("rename_errors");
	put("f", "");
	mkdir("d", 0755);
	FAILS(rename("none", "x"), ENOENT);
	FAILS(rename("f", "none/x"), ENOENT);
	FAILS(rename("f", "f/x"), ENOTDIR);
	FAILS(rename("f", "x/"), ENOTDIR);
	FAILS(rename("", "x"), ENOENT);
	FAILS(rename("d/.", "x"), EBUSY);
	FAILS(rename("f", "d/.."), EBUSY);
	CHECK(exists("f") && exists("d"));
	return check_status();
}
