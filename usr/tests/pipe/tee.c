#include "tests.h"
#include <sys/uio.h>

/* tee(2) copies without taking; vmsplice(2) fills and empties a pipe. */
int main(void)
{
	int p[2], q[2];
	char buffer[64], back[64];
	struct iovec out[2] = {{"vm", 2}, {"splice", 6}}, in[1] = {{back, 64}};

	alarm(20);
	CHECK(pipe(p) == 0 && pipe(q) == 0);
	CHECK(write(p[1], "copy me", 7) == 7);
	CHECK(tee(p[0], q[1], 4, 0) == 4);
	CHECK(read(q[0], buffer, 64) == 4 && memcmp(buffer, "copy", 4) == 0);
	CHECK(tee(p[0], q[1], 64, SPLICE_F_NONBLOCK) == 7);
	CHECK(read(p[0], buffer, 64) == 7 && read(q[0], buffer, 64) == 7);
	CHECK(tee(p[0], q[1], 64, SPLICE_F_NONBLOCK) == -1 && errno == EAGAIN);
	CHECK(tee(p[0], p[1], 64, 0) == -1 && errno == EINVAL);
	CHECK(vmsplice(p[1], out, 2, 0) == 8);
	CHECK(vmsplice(p[0], in, 1, 0) == 8 && memcmp(back, "vmsplice", 8) == 0);
	CHECK(vmsplice(0, out, 2, 0) == -1 && errno == EBADF);
	close(q[0]);
	signal(SIGPIPE, SIG_IGN);
	CHECK(write(p[1], "x", 1) == 1);
	CHECK(tee(p[0], q[1], 1, 0) == -1 && errno == EPIPE);
	return check_status();
}
