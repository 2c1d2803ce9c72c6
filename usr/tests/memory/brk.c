#include "tests.h"

/* brk(2) through sbrk(3): grows zeroed memory, shrinks, grows zeroed again. */
int main(void)
{
	char *start = sbrk(0);

	CHECK(sbrk(3 * PAGE_SIZE) == start);
	memset(start, 6, 3 * PAGE_SIZE);
	CHECK((char *)sbrk(0) == start + 3 * PAGE_SIZE);
	CHECK(brk(start) == 0);
	CHECK(sbrk(3 * PAGE_SIZE) == start);
	CHECK(start[PAGE_SIZE * 2] == 0);
	CHECK((long)syscall(SYS_brk, 0) == (long)(start + 3 * PAGE_SIZE));
	CHECK((long)syscall(SYS_brk, 1) == (long)(start + 3 * PAGE_SIZE));
	return check_status();
}
