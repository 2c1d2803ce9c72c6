#include "faults.h"

/* mprotect(2): of pages in the middle; neighbours keep theirs. */
int main(void)
{
	char *p = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	catch_faults();
	memset(p, 2, 3 * PAGE_SIZE);
	CHECK(mprotect(p + PAGE_SIZE, PAGE_SIZE, PROT_NONE) == 0);
	CHECK(writes(p + PAGE_SIZE - 1) && !reads(p + PAGE_SIZE) && !reads(p + 2 * PAGE_SIZE - 1) && writes(p + 2 * PAGE_SIZE));
	CHECK(mprotect(p, 3 * PAGE_SIZE, PROT_READ) == 0);
	CHECK(p[PAGE_SIZE] == 2);
	CHECK(!writes(p) && !writes(p + 2 * PAGE_SIZE));
	return check_status();
}
