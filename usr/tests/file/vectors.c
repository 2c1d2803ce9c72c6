#include "file.h"

/* readv(2), writev(2), preadv(2), pwritev(2). */
int main(void)
{
	char a[4], b[4], c[8];
	struct iovec out[] = {{"one", 3}, {"", 0}, {"twothree", 8}};
	struct iovec in[] = {{a, 4}, {b, 4}, {c, 8}};
	enter_empty("vectors");
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	CHECK(writev(fd, out, 3) == 11);
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && readv(fd, in, 3) == 11);
	CHECK(memcmp(a, "onet", 4) == 0 && memcmp(b, "woth", 4) == 0 && memcmp(c, "ree", 3) == 0);
	CHECK(pwritev(fd, out, 3, 100) == 11 && preadv(fd, in, 2, 100) == 8);
	CHECK(memcmp(b, "woth", 4) == 0);
	FAILS(readv(fd, in, -1), EINVAL);
	FAILS(readv(fd, in, 2000), EINVAL);
	CHECK(writev(fd, out, 0) == 0);
	return check_status();
}
