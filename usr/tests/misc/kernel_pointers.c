#include "tests.h"

/* Addresses of the kernel half and non-canonical ones: EFAULT, never an answer. */
int main(void)
{
	static const unsigned long bad[] = {1UL << 47, 1UL << 63, -4096UL, -1UL, 0xffff800000000000UL, 0xffffffff81000000UL, (1UL << 47) - 1};
	size_t i;
	int fd = open("/dev/zero", O_RDWR);

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		CHECK(syscall(SYS_read, fd, bad[i], 64) == -1 && errno == EFAULT);
		CHECK(syscall(SYS_open, bad[i], O_RDONLY) == -1 && errno == EFAULT);
	}
	close(fd);
	return check_status();
}
