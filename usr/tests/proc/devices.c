/* The devices of /dev: what reading and writing them does. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char bytes[64];
	struct stat st;

	memset(bytes, 1, sizeof(bytes));
	int fd = open("/dev/zero", O_RDWR);
	CHECK(read(fd, bytes, 64) == 64 && bytes[0] == 0 && bytes[63] == 0);
	CHECK(write(fd, bytes, 10) == 10);
	fd = open("/dev/null", O_RDWR);
	CHECK(read(fd, bytes, 10) == 0 && write(fd, bytes, 10) == 10);
	fd = open("/dev/full", O_RDWR);
	CHECK(read(fd, bytes, 10) == 10 && write(fd, bytes, 10) == -1 && errno == ENOSPC);
	fd = open("/dev/urandom", O_RDONLY);
	CHECK(read(fd, bytes, 64) == 64);
	CHECK(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == 0x103);
	CHECK(stat("/dev/fd", &st) == 0 && S_ISDIR(st.st_mode));
	return check_status();
}
