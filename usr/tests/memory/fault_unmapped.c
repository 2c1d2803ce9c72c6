#include "faults.h"

/* SIGSEGV with SEGV_MAPERR and the address for what is not mapped. */
int main(void)
{
	char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	catch_faults();
	munmap(p, PAGE_SIZE);
	CHECK(!reads(p + 77));
	CHECK(signal_number == SIGSEGV && code == SEGV_MAPERR && where == p + 77);
	CHECK(!writes((char *)16));
	CHECK(where == (void *)16);
	return check_status();
}
