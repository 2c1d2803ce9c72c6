#include "file.h"

/* fallocate(2): FALLOC_FL_PUNCH_HOLE makes zeros and frees room. */
int main(void)
{
	static char block[65536];
	struct stat before, after;
	enter_empty("punch_hole");
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	memset(block, 'x', sizeof block);
	CHECK(write(fd, block, sizeof block) == sizeof block && fsync(fd) == 0 && fstat(fd, &before) == 0);
	CHECK(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 8192, 32768) == 0);
	CHECK(fstat(fd, &after) == 0 && after.st_size == before.st_size && after.st_blocks < before.st_blocks);
	CHECK(pread(fd, block, sizeof block, 0) == sizeof block);
	CHECK(block[8191] == 'x' && block[8192] == 0 && block[40959] == 0 && block[40960] == 'x');
	FAILS(fallocate(fd, FALLOC_FL_PUNCH_HOLE, 0, 4096), EOPNOTSUPP);
	return check_status();
}
