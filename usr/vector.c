/* readv, writev, preadv, pwritev, pread, pwrite, sendfile. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <sys/sendfile.h>
#include <sys/uio.h>

#include "check.h"

static char big[50000], back[50000];

int main(void)
{
	char one[4] = { 0 }, two[8] = { 0 }, rest[16] = { 0 };
	struct iovec out[] = { { "abc", 3 }, { NULL, 0 }, { "defgh", 5 }, { "ij", 2 } };
	struct iovec in[] = { { one, 3 }, { two, 7 }, { rest, sizeof(rest) } };
	struct iovec bad[] = { { one, 1 }, { nowhere, 5 } }, negative[] = { { one, (size_t)-1 } };
	volatile int minus_one = -1;
	off_t offset = 5;
	int fd, to;

	enter_scratch("vector");
	fd = open("v", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(writev(fd, out, 4) == 10 && lseek(fd, 0, SEEK_CUR) == 10);
	CHECK(preadv(fd, in, 3, 0) == 10 && strcmp(one, "abc") == 0 && strcmp(two, "defghij") == 0);
	CHECK(lseek(fd, 2, SEEK_SET) == 2 && readv(fd, in, 3) == 8 && memcmp(one, "cde", 3) == 0);
	CHECK(pwritev(fd, out, 1, 20) == 3 && lseek(fd, 0, SEEK_END) == 23);
	CHECK(pwrite(fd, "XY", 2, 1) == 2 && pread(fd, two, 4, 0) == 4 && memcmp(two, "aXYd", 4) == 0);
	CHECK(pread(fd, two, 4, 100) == 0 && lseek(fd, 0, SEEK_CUR) == 23);
	SHOW(pread(fd, two, 4, -1));
	SHOW(writev(fd, out, minus_one));
	SHOW(writev(fd, out, IOV_MAX - minus_one));
	SHOW(readv(fd, negative, 1));
	SHOW(writev(fd, nowhere, 1));
	lseek(fd, 0, SEEK_SET);
	SHOW(readv(fd, bad, 2)); /* what fitted was read */
	CHECK(writev(fd, out, 0) == 0);

	for (size_t i = 0; i < sizeof(big); i++)
		big[i] = (char)(i * 7 / 3);
	CHECK(pwrite(fd, big, sizeof(big), 0) == sizeof(big));
	to = open("w", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(sendfile(to, fd, &offset, 40000) == 40000 && offset == 40005);
	CHECK(pread(to, back, sizeof(back), 0) == 40000 && memcmp(back, big + 5, 40000) == 0);
	CHECK(lseek(fd, 49990, SEEK_SET) == 49990 && sendfile(to, fd, NULL, 100) == 10);
	CHECK(sendfile(to, fd, NULL, 100) == 0);
	SHOW(sendfile(to, 99, NULL, 1));
	return check_status();
}
