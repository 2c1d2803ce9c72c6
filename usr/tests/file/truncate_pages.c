#include "file.h"

/* What was cut off is zero when the file grows again, within and across pages. */
int main(void)
{
	static char page[3 * 4096];
	enter_empty("truncate_pages");
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	memset(page, 'x', sizeof page);
	CHECK(write(fd, page, sizeof page) == sizeof page);
	CHECK(ftruncate(fd, 5000) == 0 && ftruncate(fd, sizeof page) == 0);
	CHECK(pread(fd, page, sizeof page, 0) == sizeof page);
	int good = 1;
	for (size_t i = 0; i < sizeof page; i++)
		good &= page[i] == (i < 5000 ? 'x' : 0);
	CHECK(good);
	return check_status();
}
