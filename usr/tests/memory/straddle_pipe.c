#include "tests.h"

/* A buffer whose second page is missing: what comes before it is written, or EFAULT. */
int main(void)
{
	char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fds[2];
	long written;

	memset(p, 'x', 2 * PAGE_SIZE);
	munmap(p + PAGE_SIZE, PAGE_SIZE);
	CHECK(pipe(fds) == 0);
	CHECK(write(fds[1], p + PAGE_SIZE, 1) == -1 && errno == EFAULT);
	written = write(fds[1], p + PAGE_SIZE - 10, 20);
	CHECK(written == 10 || (written == -1 && errno == EFAULT));
	return check_status();
}
