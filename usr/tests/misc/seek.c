#include "tests.h"

/* lseek(2): all origins, beyond the end, before the start, on pipes. */
int main(void)
{
	int fd, fds[2];
	char c;

	enter_scratch("misc-seek");
	fd = open("f", O_CREAT | O_RDWR | O_TRUNC, 0600);
	CHECK(write(fd, "0123456789", 10) == 10);
	CHECK(lseek(fd, 3, SEEK_SET) == 3 && read(fd, &c, 1) == 1 && c == '3');
	CHECK(lseek(fd, 2, SEEK_CUR) == 6 && lseek(fd, -1, SEEK_END) == 9);
	CHECK(lseek(fd, 100, SEEK_SET) == 100 && read(fd, &c, 1) == 0);
	CHECK(lseek(fd, -1, SEEK_SET) == -1 && errno == EINVAL);
	CHECK(lseek(fd, 0, 77) == -1 && errno == EINVAL);
	CHECK(write(fd, "x", 1) == 1 && lseek(fd, 0, SEEK_END) == 101);
	CHECK(pread(fd, &c, 1, 50) == 1 && c == 0);
	CHECK(pipe(fds) == 0 && lseek(fds[0], 0, SEEK_SET) == -1 && errno == ESPIPE);
	unlink("f");
	return check_status();
}
