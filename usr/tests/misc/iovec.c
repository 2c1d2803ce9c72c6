#include "tests.h"
#include <sys/uio.h>

/* readv(2) and writev(2): gather and scatter; counts and lengths that are wrong. */
int main(void)
{
	char a[3] = "abc", b[4] = "defg", c[8] = "";
	struct iovec out[3] = {{a, 3}, {NULL, 0}, {b, 4}}, in[2] = {{c, 2}, {c + 2, 5}};
	int fds[2];

	CHECK(pipe(fds) == 0);
	CHECK(writev(fds[1], out, 3) == 7);
	CHECK(readv(fds[0], in, 2) == 7);
	CHECK(memcmp(c, "abcdefg", 7) == 0);
	CHECK(writev(fds[1], out, 0) == 0);
	CHECK(writev(fds[1], out, -1) == -1 && errno == EINVAL);
	CHECK(writev(fds[1], out, 1025) == -1 && errno == EINVAL);
	out[1].iov_len = -1;
	CHECK(writev(fds[1], out, 3) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_writev, fds[1], nowhere, 1) == -1 && errno == EFAULT);
	return check_status();
}
