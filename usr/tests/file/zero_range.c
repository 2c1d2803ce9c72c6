#include "file.h"

/* fallocate(2): FALLOC_FL_ZERO_RANGE. */
int main(void)
{
	char buffer[12];
	enter_empty("zero_range");
	put("f", "0123456789");
	int fd = open("f", O_RDWR);
	CHECK(fallocate(fd, FALLOC_FL_ZERO_RANGE, 2, 5) == 0);
	CHECK(pread(fd, buffer, 12, 0) == 10 && memcmp(buffer, "01\0\0\0\0\000789", 10) == 0);
	return check_status();
}
