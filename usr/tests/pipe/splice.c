#include "tests.h"

/* splice(2) between file and pipe, both ways, with and without offsets; its errnos. */
int main(void)
{
	int p[2], q[2], in, out;
	char buffer[64];
	loff_t offset = 3;

	alarm(20);
	enter_scratch("pipe-splice");
	CHECK(pipe(p) == 0 && pipe(q) == 0);
	in = open("in", O_RDWR | O_CREAT | O_TRUNC, 0600);
	out = open("out", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(write(in, "0123456789", 10) == 10);
	CHECK(splice(in, &offset, p[1], NULL, 4, 0) == 4 && offset == 7);
	CHECK(lseek(in, 0, SEEK_CUR) == 10);
	CHECK(lseek(in, 0, SEEK_SET) == 0);
	CHECK(splice(in, NULL, p[1], NULL, 3, 0) == 3 && lseek(in, 0, SEEK_CUR) == 3);
	CHECK(splice(p[0], NULL, q[1], NULL, 2, 0) == 2);
	CHECK(read(q[0], buffer, 64) == 2 && memcmp(buffer, "34", 2) == 0);
	CHECK(splice(p[0], NULL, out, NULL, 64, 0) == 5 && lseek(out, 0, SEEK_CUR) == 5);
	CHECK(pread(out, buffer, 64, 0) == 5 && memcmp(buffer, "56012", 5) == 0);
	CHECK(splice(p[0], NULL, out, NULL, 64, SPLICE_F_NONBLOCK) == -1 && errno == EAGAIN);
	CHECK(splice(in, NULL, out, NULL, 4, 0) == -1 && errno == EINVAL);
	CHECK(splice(p[0], NULL, p[1], NULL, 4, 0) == -1 && errno == EINVAL);
	CHECK(splice(p[0], &offset, out, NULL, 4, 0) == -1 && errno == ESPIPE);
	CHECK(splice(p[1], NULL, out, NULL, 4, 0) == -1 && errno == EBADF);
	CHECK(splice(in, NULL, p[1], NULL, 4, 0x100) == -1 && errno == EINVAL);
	CHECK(splice(in, NULL, p[1], NULL, 0, 0) == 0);
	close(p[1]);
	CHECK(splice(p[0], NULL, out, NULL, 64, 0) == 0);
	return check_status();
}
