#include "file.h"
#include <sys/uio.h>

/* pwritev2(2) and preadv2(2): their flags. */
int main(void)
{
	struct iovec one = { "abc", 3 };
	char got[8];
	struct iovec in = { got, 8 };
	enter_empty("pwritev2");
	put("f", "0123456789");
	int fd = open("f", O_RDWR);
	CHECK(pwritev2(fd, &one, 1, 0, RWF_APPEND) == 3 && lseek(fd, 0, SEEK_CUR) == 0);
	CHECK(holds("f", "0123456789abc"));
	CHECK(pwritev2(fd, &one, 1, 2, RWF_DSYNC) == 3 && pwritev2(fd, &one, 1, 6, RWF_SYNC | RWF_HIPRI) == 3);
	CHECK(holds("f", "01abc5abc9abc"));
	CHECK(pwritev2(fd, &one, 1, -1, RWF_APPEND) == 3 && lseek(fd, 0, SEEK_CUR) == 16);
	CHECK(preadv2(fd, &in, 1, 1, RWF_HIPRI) == 8 && memcmp(got, "1abc5abc", 8) == 0);
	FAILS(preadv2(fd, &in, 1, 0, 0x40000000), EOPNOTSUPP);
	FAILS(pwritev2(fd, &one, 1, -2, 0), EINVAL);
	return check_status();
}
