#include "file.h"

/* open(2), creat(2): the mode of new files, and umask(2). */
int main(void)
{
	struct stat stat;
	enter_empty("creat_mode");
	CHECK(umask(027) == 022);
	int fd = open("a", O_CREAT | O_RDWR, 0777);
	CHECK(fstat(fd, &stat) == 0 && (stat.st_mode & 07777) == 0750);
	CHECK(umask(0) == 027);
	fd = open("b", O_CREAT | O_RDWR, 0666);
	CHECK(fstat(fd, &stat) == 0 && (stat.st_mode & 07777) == 0666);
	fd = creat("c", 0);
	CHECK(fstat(fd, &stat) == 0 && (stat.st_mode & 07777) == 0);
	CHECK(write(fd, "still open", 10) == 10);
	CHECK(mkdir("d", 0700) == 0 && lstat("d", &stat) == 0 && (stat.st_mode & 07777) == 0700);
	fd = open("a", O_CREAT | O_RDWR, 0111);
	CHECK(fstat(fd, &stat) == 0 && (stat.st_mode & 07777) == 0750);
	return check_status();
}
