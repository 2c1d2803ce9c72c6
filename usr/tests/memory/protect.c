#include "faults.h"

/* mprotect(2): reads and writes fault as the protection says, with SEGV_ACCERR and the address. */
int main(void)
{
	char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	catch_faults();
	CHECK(reads(p) && writes(p));
	CHECK(mprotect(p, PAGE_SIZE, PROT_READ) == 0);
	CHECK(reads(p) && !writes(p + 9));
	CHECK(signal_number == SIGSEGV && code == SEGV_ACCERR && where == p + 9);
	CHECK(mprotect(p, PAGE_SIZE, PROT_NONE) == 0);
	CHECK(!reads(p) && !writes(p));
	CHECK(mprotect(p, PAGE_SIZE, PROT_READ | PROT_WRITE) == 0);
	CHECK(*p == 1);
	return check_status();
}
