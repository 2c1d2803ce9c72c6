#include "tests.h"
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/uio.h>

/* Every call on a descriptor that is not open: EBADF. */
int main(void)
{
	char buffer[16];
	struct stat st;
	struct iovec vector = {buffer, sizeof(buffer)};
	int fd = 1000;

	CHECK(read(fd, buffer, 1) == -1 && errno == EBADF);
	CHECK(write(fd, buffer, 1) == -1 && errno == EBADF);
	CHECK(pread(fd, buffer, 1, 0) == -1 && errno == EBADF);
	CHECK(pwrite(fd, buffer, 1, 0) == -1 && errno == EBADF);
	CHECK(readv(fd, &vector, 1) == -1 && errno == EBADF);
	CHECK(writev(fd, &vector, 1) == -1 && errno == EBADF);
	CHECK(lseek(fd, 0, SEEK_SET) == -1 && errno == EBADF);
	CHECK(fstat(fd, &st) == -1 && errno == EBADF);
	CHECK(close(fd) == -1 && errno == EBADF);
	CHECK(dup(fd) == -1 && errno == EBADF);
	CHECK(fcntl(fd, F_GETFD) == -1 && errno == EBADF);
	CHECK(ioctl(fd, 0x5401, buffer) == -1 && errno == EBADF);
	CHECK(ftruncate(fd, 0) == -1 && errno == EBADF);
	CHECK(fsync(fd) == -1 && errno == EBADF);
	CHECK(fchmod(fd, 0) == -1 && errno == EBADF);
	CHECK(fchdir(fd) == -1 && errno == EBADF);
	CHECK(openat(fd, "x", O_RDONLY) == -1 && errno == EBADF);
	CHECK(syscall(SYS_getdents64, fd, buffer, 16) == -1 && errno == EBADF);
	CHECK(flock(fd, 1) == -1 && errno == EBADF);
	return check_status();
}
