#include "file.h"

/* SEEK_DATA and SEEK_HOLE walk over a file with several pieces, and over what was punched. */
int main(void)
{
	static char block[65536];
	enter_empty("holes_many");
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	memset(block, 'x', sizeof block);
	for (int i = 0; i < 3; i++)
		CHECK(pwrite(fd, block, sizeof block, i * (1L << 20)) == sizeof block);
	CHECK(fsync(fd) == 0);
	long at = 0, pieces = 0, bytes = 0;
	while ((at = lseek(fd, at, SEEK_DATA)) >= 0) {
		long end = lseek(fd, at, SEEK_HOLE);
		pieces++;
		bytes += end - at;
		at = end;
	}
	CHECK(errno == ENXIO && pieces == 3 && bytes == 3 * 65536);
	CHECK(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 1 << 20, 65536) == 0);
	CHECK(lseek(fd, 65536, SEEK_DATA) == 2 << 20 && lseek(fd, 0, SEEK_END) == (2 << 20) + 65536);
	CHECK(lseek(fd, 2 << 20, SEEK_HOLE) == (2 << 20) + 65536);
	return check_status();
}
