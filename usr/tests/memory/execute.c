#include "faults.h"

/* mprotect(2): code runs where PROT_EXEC is and faults where it is not. */
int main(void)
{
	static const unsigned char code_bytes[] = {0xb8, 42, 0, 0, 0, 0xc3};
	char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int (*volatile function)(void) = (int (*)(void))p;
	int ran = 0;

	catch_faults();
	memcpy(p, code_bytes, sizeof(code_bytes));
	if (!sigsetjmp(back, 1))
		ran = function();
	CHECK(ran == 0 && signal_number == SIGSEGV && code == SEGV_ACCERR && where == p);
	CHECK(mprotect(p, PAGE_SIZE, PROT_READ | PROT_EXEC) == 0);
	CHECK(function() == 42);
	return check_status();
}
