#include "tests.h"
#include <sys/sendfile.h>
#include <sys/socket.h>

/* sendfile(2) from a file to a pipe and to a socket. */
int main(void)
{
	int p[2], s[2], in;
	char buffer[64];
	off_t offset = 2;

	alarm(20);
	enter_scratch("pipe-sendfile");
	CHECK(pipe(p) == 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0);
	in = open("in", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(write(in, "0123456789", 10) == 10);
	CHECK(sendfile(p[1], in, &offset, 5) == 5 && offset == 7);
	CHECK(read(p[0], buffer, 64) == 5 && memcmp(buffer, "23456", 5) == 0);
	CHECK(lseek(in, 8, SEEK_SET) == 8);
	CHECK(sendfile(s[0], in, NULL, 100) == 2);
	CHECK(read(s[1], buffer, 64) == 2 && memcmp(buffer, "89", 2) == 0);
	CHECK(sendfile(p[0], in, NULL, 1) == -1 && errno == EBADF);
	CHECK(copy_file_range(in, NULL, p[1], NULL, 1, 0) == -1 && errno == EINVAL);
	return check_status();
}
