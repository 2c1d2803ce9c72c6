#include "tests.h"

/* O_DIRECT: each write is a packet, each read takes one, what does not fit in the buffer is lost. */
int main(void)
{
	int p[2];
	char buffer[8192];

	alarm(20);
	CHECK(pipe2(p, O_DIRECT | O_NONBLOCK) == 0);
	CHECK(write(p[1], "one", 3) == 3 && write(p[1], "second", 6) == 6 && write(p[1], "three", 5) == 5);
	CHECK(read(p[0], buffer, sizeof buffer) == 3 && memcmp(buffer, "one", 3) == 0);
	CHECK(read(p[0], buffer, 2) == 2 && memcmp(buffer, "se", 2) == 0);
	CHECK(read(p[0], buffer, sizeof buffer) == 5 && memcmp(buffer, "three", 5) == 0);
	CHECK(read(p[0], buffer, sizeof buffer) == -1 && errno == EAGAIN);
	CHECK(write(p[1], buffer, 6000) == 6000);
	CHECK(read(p[0], buffer, sizeof buffer) == 4096 && read(p[0], buffer, sizeof buffer) == 6000 - 4096);
	CHECK(fcntl(p[1], F_SETFL, O_NONBLOCK) == 0);
	CHECK(write(p[1], "ab", 2) == 2 && write(p[1], "cd", 2) == 2);
	CHECK(read(p[0], buffer, sizeof buffer) == 4);
	return check_status();
}
