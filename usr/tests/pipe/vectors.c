#include "tests.h"
#include <sys/uio.h>

/* readv, writev on pipes: gathered into one write, scattered as far as there is data. */
int main(void)
{
	int p[2];
	char a[3], b[8];
	struct iovec out[3] = {{"abc", 3}, {NULL, 0}, {"defg", 4}}, in[2] = {{a, 3}, {b, 8}}, bad[2] = {{"x", 1}, {nowhere, 4}};

	alarm(20);
	CHECK(pipe2(p, O_NONBLOCK) == 0);
	CHECK(writev(p[1], out, 3) == 7);
	CHECK(readv(p[0], in, 2) == 7 && memcmp(a, "abc", 3) == 0 && memcmp(b, "defg", 4) == 0);
	CHECK(writev(p[1], bad, 2) == 1 || errno == EFAULT);
	CHECK(writev(p[1], out, -1) == -1 && errno == EINVAL);
	CHECK(writev(p[1], out, 2000) == -1 && errno == EINVAL);
	out[1].iov_len = -1;
	CHECK(writev(p[1], out, 3) == -1 && errno == EINVAL);
	CHECK(preadv(p[0], in, 2, 0) == -1 && errno == ESPIPE);
	CHECK(pwrite(p[1], "x", 1, 0) == -1 && errno == ESPIPE);
	CHECK(read(p[1], a, 1) == -1 && errno == EBADF);
	CHECK(write(p[0], a, 1) == -1 && errno == EBADF);
	CHECK(read(p[0], nowhere, 0) == 0);
	CHECK(pipe2(p, 0x40) == -1 && errno == EINVAL);
	CHECK(pipe((int *)nowhere) == -1 && errno == EFAULT);
	return check_status();
}
