#include "tests.h"

/* /dev/null, zero, full, random, urandom behave as their man pages say. */
int main(void)
{
	char buffer[32];
	int fd;

	memset(buffer, 1, sizeof(buffer));
	fd = open("/dev/null", O_RDWR);
	CHECK(write(fd, buffer, 32) == 32 && read(fd, buffer, 32) == 0);
	fd = open("/dev/zero", O_RDWR);
	CHECK(read(fd, buffer, 32) == 32 && buffer[0] == 0 && buffer[31] == 0 && write(fd, buffer, 5) == 5);
	fd = open("/dev/full", O_RDWR);
	CHECK(write(fd, buffer, 1) == -1 && errno == ENOSPC && read(fd, buffer, 3) == 3);
	fd = open("/dev/urandom", O_RDONLY);
	CHECK(read(fd, buffer, 32) == 32);
	fd = open("/dev/random", O_RDONLY);
	CHECK(read(fd, buffer, 8) == 8);
	CHECK(open("/dev/nothing", O_RDONLY) == -1 && errno == ENOENT);
	return check_status();
}
