#include "tests.h"

/* read(2) into a page that is not there yet, and into one that cannot be written. */
int main(void)
{
	char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd = open("/dev/zero", O_RDONLY);

	CHECK(read(fd, p, 2 * PAGE_SIZE) == 2 * (long)PAGE_SIZE);
	mprotect(p + PAGE_SIZE, PAGE_SIZE, PROT_READ);
	CHECK(read(fd, p + PAGE_SIZE, 1) == -1 && errno == EFAULT);
	mprotect(p, 2 * PAGE_SIZE, PROT_NONE);
	CHECK(read(fd, p, 1) == -1 && errno == EFAULT);
	close(fd);
	return check_status();
}
