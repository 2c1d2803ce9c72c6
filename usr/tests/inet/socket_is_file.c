/* A socket as a file: type, no position, no directory, dup shares it. */
#include "inet.h"

int main(void)
{
	struct stat info;
	int fds[2], copy;
	char byte, link[64], path[64];
	ssize_t length;

	alarm(20);
	tcp_pair(fds);
	CHECK(fstat(fds[0], &info) == 0 && S_ISSOCK(info.st_mode));
	CHECK(lseek(fds[0], 0, SEEK_CUR) == -1 && errno == ESPIPE);
	CHECK(pread(fds[0], &byte, 1, 0) == -1 && errno == ESPIPE);
	CHECK(ftruncate(fds[0], 0) == -1 && errno == EINVAL);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fds[0]);
	length = readlink(path, link, sizeof(link) - 1);
	CHECK(length > 8 && memcmp(link, "socket:[", 8) == 0);
	copy = dup(fds[0]);
	close(fds[0]);
	CHECK(write(copy, "x", 1) == 1 && read(fds[1], &byte, 1) == 1);
	CHECK(write(0x7fff, "x", 1) == -1 && errno == EBADF);
	CHECK(getpeername(STDIN_FILENO, NULL, NULL) == -1 && errno == ENOTSOCK);
	return check_status();
}
