#include "file.h"

/* copy_file_range(2), sendfile(2) between files. */
int main(void)
{
	off_t from = 2, to = 1;
	enter_empty("copy_file_range");
	put("a", "0123456789");
	int a = open("a", O_RDWR), b = open("b", O_CREAT | O_RDWR, 0644), r = open("a", O_RDONLY);
	CHECK(copy_file_range(a, NULL, b, NULL, 4, 0) == 4 && holds("b", "0123"));
	CHECK(copy_file_range(a, &from, b, &to, 100, 0) == 8 && from == 10 && to == 9 && holds("b", "023456789"));
	CHECK(copy_file_range(a, &from, b, &to, 100, 0) == 0);
	FAILS(copy_file_range(a, NULL, r, NULL, 4, 0), EBADF);
	FAILS(copy_file_range(a, NULL, b, NULL, 4, 1), EINVAL);
	return check_status();
}
