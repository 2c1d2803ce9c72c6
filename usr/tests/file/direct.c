#include "file.h"

/* O_DIRECT: what is not aligned as the file system wants is EINVAL, and both ways to the content agree. */
enum { BLOCK = 4096 };

int main(void)
{
	char *buffer = aligned_alloc(BLOCK, 4 * BLOCK);
	char small[16];
	struct stat stat;
	enter_empty("direct");
	int plain = open("f", O_RDWR | O_CREAT, 0600);
	CHECK(plain >= 0 && write(plain, "plain", 5) == 5 && ftruncate(plain, 2 * BLOCK) == 0);
	int direct = open("f", O_RDWR | O_DIRECT);
	if (direct < 0)
		return errno == EINVAL ? 0 : 1; /* a file system without it */
	memset(buffer, 0, 4 * BLOCK);
	CHECK(pread(direct, buffer, BLOCK, 0) == BLOCK && memcmp(buffer, "plain", 6) == 0);
	memset(buffer, 'd', BLOCK);
	CHECK(pwrite(direct, buffer, BLOCK, BLOCK) == BLOCK);
	CHECK(pread(plain, small, 8, BLOCK) == 8 && memcmp(small, "dddddddd", 8) == 0);
	CHECK(pwrite(plain, "again", 5, BLOCK + 4) == 5);
	CHECK(pread(direct, buffer, BLOCK, BLOCK) == BLOCK && memcmp(buffer, "ddddagaind", 10) == 0);
	CHECK(pread(direct, buffer, 4 * BLOCK, 0) == 2 * BLOCK);
	CHECK(pread(direct, buffer, BLOCK, 2 * BLOCK) == 0);
	CHECK(pwrite(direct, buffer, BLOCK, 2 * BLOCK) == BLOCK && fstat(plain, &stat) == 0 && stat.st_size == 3 * BLOCK);
	char *mapped = mmap(NULL, BLOCK, PROT_READ | PROT_WRITE, MAP_SHARED, plain, 0);
	CHECK(mapped != MAP_FAILED);
	mapped[0] = 'M';
	CHECK(msync(mapped, BLOCK, MS_SYNC) == 0);
	CHECK(pread(direct, buffer, BLOCK, 0) == BLOCK && buffer[0] == 'M');
	memset(buffer, 'x', BLOCK);
	CHECK(pwrite(direct, buffer, BLOCK, 0) == BLOCK && mapped[1] == 'x');
	struct statx of;
	CHECK(syscall(SYS_statx, plain, "", AT_EMPTY_PATH, STATX_DIOALIGN, &of) == 0);
	int minds = (of.stx_mask & STATX_DIOALIGN) && of.stx_dio_offset_align > 1; /* a tmpfs does not */
	CHECK(pread(direct, buffer, 100, 0) == (minds ? -1 : 100) && (!minds || errno == EINVAL));
	CHECK(pread(direct, buffer, BLOCK, 100) == (minds ? -1 : BLOCK));
	CHECK(pwrite(direct, buffer, 511, 0) == (minds ? -1 : 511));
	CHECK(pread(direct, buffer + 1, BLOCK, 0) == (minds && of.stx_dio_mem_align > 1 ? -1 : BLOCK));
	CHECK(fcntl(direct, F_SETFL, 0) == 0 && pread(direct, small, 3, 1) == 3);
	CHECK(fcntl(plain, F_SETFL, O_DIRECT) == 0);
	CHECK(pread(plain, buffer, 100, 0) == (minds ? -1 : 100));
	int appending = open("f", O_WRONLY | O_APPEND | O_DIRECT);
	CHECK(write(appending, buffer, BLOCK) == BLOCK && lseek(appending, 0, SEEK_CUR) == 4 * BLOCK);
	return check_status();
}
