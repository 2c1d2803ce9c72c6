/* mseal(2): sealed memory stays as it is mapped. */
#include "tests.h"

#ifndef SYS_mseal
#define SYS_mseal 462
#endif

#define PAGE 4096

int main(void)
{
	char *area = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *fixed;

	alarm(20);
	CHECK(area != MAP_FAILED);
	if (syscall(SYS_mseal, area, 0, 0) != 0 && errno == ENOSYS)
		return check_status(); /* before Linux 6.10 */
	CHECK(syscall(SYS_mseal, area, PAGE, 1) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_mseal, area + 1, PAGE, 0) == -1 && errno == EINVAL);
	CHECK(munmap(area + 3 * PAGE, PAGE) == 0);
	CHECK(syscall(SYS_mseal, area, 4 * PAGE, 0) == -1 && errno == ENOMEM);
	CHECK(mprotect(area, PAGE, PROT_READ) == 0); /* nothing was sealed */
	CHECK(syscall(SYS_mseal, area, 2 * PAGE, 0) == 0);
	CHECK(syscall(SYS_mseal, area, 2 * PAGE, 0) == 0); /* again */
	CHECK(mprotect(area, PAGE, PROT_READ | PROT_WRITE) == -1 && errno == EPERM);
	CHECK(mprotect(area, 3 * PAGE, PROT_READ | PROT_WRITE) == -1 && errno == EPERM);
	CHECK(munmap(area, PAGE) == -1 && errno == EPERM);
	CHECK(munmap(area, 3 * PAGE) == -1 && errno == EPERM);
	CHECK(mremap(area, PAGE, 2 * PAGE, MREMAP_MAYMOVE) == MAP_FAILED && errno == EPERM);
	fixed = mmap(area + PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	CHECK(fixed == MAP_FAILED && errno == EPERM);
	CHECK(madvise(area, PAGE, MADV_DONTNEED) == -1 && errno == EPERM); /* may not be written */
	CHECK(madvise(area + PAGE, PAGE, MADV_DONTNEED) == 0); /* may be */
	CHECK(munmap(area + 2 * PAGE, PAGE) == 0); /* not sealed */
	area[PAGE] = 1;
	CHECK(area[0] == 0 && area[PAGE] == 1);
	return check_status();
}
