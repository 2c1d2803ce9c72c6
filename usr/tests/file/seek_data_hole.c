#include "file.h"

/* lseek(2): SEEK_DATA and SEEK_HOLE. */
int main(void)
{
	static char block[65536];
	enter_empty("seek_data_hole");
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	memset(block, 'x', sizeof block);
	CHECK(pwrite(fd, block, sizeof block, 1 << 20) == sizeof block);
	CHECK(ftruncate(fd, 4 << 20) == 0);
	fsync(fd);
	CHECK(lseek(fd, 0, SEEK_DATA) == 1 << 20);
	CHECK(lseek(fd, 0, SEEK_HOLE) == 0);
	CHECK(lseek(fd, 1 << 20, SEEK_HOLE) == (1 << 20) + 65536);
	CHECK(lseek(fd, (1 << 20) + 10, SEEK_DATA) == (1 << 20) + 10);
	FAILS(lseek(fd, 2 << 20, SEEK_DATA), ENXIO);
	FAILS(lseek(fd, 4 << 20, SEEK_HOLE), ENXIO);
	FAILS(lseek(fd, 5 << 20, SEEK_DATA), ENXIO);
	return check_status();
}
