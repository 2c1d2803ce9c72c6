/* process_madvise and process_mrelease: what they refuse, and advice that changes nothing one can see. */
#include "tests.h"

#include <sys/uio.h>

#ifndef MADV_COLD
#define MADV_COLD 20
#endif
#ifndef SYS_process_madvise
#define SYS_process_madvise 440
#endif
#ifndef SYS_process_mrelease
#define SYS_process_mrelease 448
#endif

int main(void)
{
	char *block = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct iovec ranges[2] = {{block, PAGE_SIZE}, {block + 2 * PAGE_SIZE, PAGE_SIZE}};
	int self = syscall(SYS_pidfd_open, getpid(), 0);

	memset(block, 'x', 4 * PAGE_SIZE);
	CHECK(syscall(SYS_process_madvise, self, ranges, 2UL, MADV_COLD, 0) == (long)(2 * PAGE_SIZE));
	CHECK(block[0] == 'x' && block[2 * PAGE_SIZE] == 'x');
	CHECK(syscall(SYS_process_madvise, self, ranges, 2UL, MADV_COLD, 1) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_process_madvise, 0, ranges, 2UL, MADV_COLD, 0) == -1 && errno == EBADF);
	CHECK(syscall(SYS_process_mrelease, self, 1) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_process_mrelease, self, 0) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_process_mrelease, 0, 0) == -1 && errno == EBADF);
	return check_status();
}
