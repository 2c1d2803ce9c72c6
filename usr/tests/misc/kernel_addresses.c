/* read(2), writev(2), epoll_wait(2): a buffer that is not below the end of user space is EFAULT before anything moves. */
#include "tests.h"

#include <sys/epoll.h>
#include <sys/uio.h>
#include <unistd.h>

#define KERNEL ((void *)0xffffffff81000000UL)

int main(void)
{
	char bytes[8] = "abcdefg";
	struct iovec half[2] = { { bytes, 4 }, { KERNEL, 4 } };
	int pipes[2], fd, set;

	enter_scratch("misc-kernel_addresses");
	CHECK(pipe(pipes) == 0 && fcntl(pipes[0], F_SETFL, O_NONBLOCK) == 0);
	CHECK((fd = open("f", O_RDWR | O_CREAT, 0600)) >= 0 && write(fd, "0123456789", 10) == 10);
	SHOW(writev(pipes[1], half, 2));
	SHOW(read(pipes[0], bytes, 8));
	SHOW(writev(fd, half, 2));
	SHOW(lseek(fd, 0, SEEK_SET));
	SHOW(readv(fd, half, 2));
	SHOW(lseek(fd, 0, SEEK_CUR));
	SHOW(read(fd, KERNEL, 0));
	SHOW(read(fd, KERNEL, 4));
	SHOW(pread(fd, KERNEL, 4, 0));
	SHOW(write(fd, KERNEL, 4));
	SHOW(read(fd, bytes, -1UL));
	CHECK((set = epoll_create1(0)) >= 0);
	SHOW(epoll_wait(set, KERNEL, 1, 0));
	return check_status();
}
