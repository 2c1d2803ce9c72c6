#include "file.h"

/* rename(2) under open descriptors: they stay with their files. */
int main(void)
{
	char buffer[10];
	enter_empty("rename_open");
	put("a", "first");
	put("b", "second");
	int a = open("a", O_RDWR), b = open("b", O_RDWR);
	CHECK(rename("a", "b") == 0);
	CHECK(pread(a, buffer, 10, 0) == 5 && memcmp(buffer, "first", 5) == 0);
	CHECK(pread(b, buffer, 10, 0) == 6 && memcmp(buffer, "second", 6) == 0);
	CHECK(pwrite(a, "FIRST", 5, 0) == 5 && holds("b", "FIRST"));
	CHECK(pwrite(b, "SECOND", 6, 0) == 6 && holds("b", "FIRST"));
	CHECK(mkdir("d", 0755) == 0 && rename("b", "d/b") == 0 && rename("d", "e") == 0);
	CHECK(write(a, "X", 1) == 1 && holds("e/b", "XIRST"));
	return check_status();
}
