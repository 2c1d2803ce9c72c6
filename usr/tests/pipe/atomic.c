#include "tests.h"

/* Writes of up to PIPE_BUF are whole or not at all: a non-blocking one that does not fit writes nothing. */
int main(void)
{
	int p[2];
	static char block[65536];

	alarm(20);
	CHECK(pipe2(p, O_NONBLOCK) == 0);
	CHECK(write(p[1], block, 65536 - 4096) == 65536 - 4096);
	CHECK(read(p[0], block, 100) == 100);
	CHECK(write(p[1], block, 4096) == 4096);
	CHECK(write(p[1], block, 4096) == -1 && errno == EAGAIN);
	return check_status();
}
