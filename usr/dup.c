/* dup, dup2, dup3, fcntl: lowest free numbers, shared offsets, flags, limits. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/resource.h>

#include "check.h"

int main(void)
{
	struct rlimit limit = { 20, 100 };
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char buffer[16];
	int fd, copy, last = -1;

	enter_scratch("dup");
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	copy = dup(fd);
	CHECK(fd == 3 && copy == 4);
	CHECK(write(fd, "0123456789", 10) == 10 && lseek(copy, 0, SEEK_CUR) == 10);
	CHECK(lseek(copy, 2, SEEK_SET) == 2 && read(fd, buffer, 3) == 3 && memcmp(buffer, "234", 3) == 0);
	CHECK(dup2(fd, 9) == 9 && dup2(fd, fd) == fd && fcntl(9, F_GETFD) == 0);
	CHECK(dup3(fd, 9, O_CLOEXEC) == 9 && fcntl(9, F_GETFD) == FD_CLOEXEC);
	SHOW(dup3(fd, fd, 0));
	SHOW(dup2(77, 5));
	SHOW(dup2(fd, -1));
	SHOW(dup(77));
	CHECK(fcntl(fd, F_DUPFD, 7) == 7 && fcntl(fd, F_DUPFD_CLOEXEC, 7) == 8);
	CHECK(close(fd) == 0 && dup(copy) == fd); /* the lowest */
	CHECK((fcntl(fd, F_GETFL) & (O_ACCMODE | O_APPEND)) == O_RDWR);
	CHECK(fcntl(fd, F_SETFL, O_APPEND) == 0 && (fcntl(copy, F_GETFL) & O_APPEND));
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && write(fd, "!", 1) == 1 && lseek(fd, 0, SEEK_END) == 11);
	CHECK(fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_GETFD) == 1 && fcntl(copy, F_GETFD) == 0);
	SHOW(fcntl(fd, F_SETLK, &lock));
	lock.l_type = F_WRLCK;
	CHECK(fcntl(copy, F_GETLK, &lock) == 0 && lock.l_type == F_UNLCK);
	SHOW(fcntl(77, F_GETFL));
	SHOW(fcntl(fd, 9999));

	CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	while ((copy = dup(fd)) >= 0)
		last = copy;
	CHECK(errno == EMFILE && last == 19);
	SHOW(open("file", O_RDONLY));
	SHOW(dup2(fd, 20));
	SHOW(fcntl(fd, F_DUPFD, 20));
	/* Standard output moved to a file and back. */
	CHECK(close(19) == 0 && dup2(1, 19) == 19);
	CHECK(dup2(fd, 1) == 1);
	puts("into the file");
	fflush(stdout);
	dup2(19, 1);
	CHECK(lseek(fd, 0, SEEK_END) == 11 + 14 + 21);
	return check_status();
}
