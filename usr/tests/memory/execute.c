#include "tests.h"

#include <setjmp.h>

static sigjmp_buf back;
static volatile int code, signal_number;
static void *volatile where;

static void handler(int number, siginfo_t *info, void *context)
{
	(void)context;
	signal_number = number;
	code = info->si_code;
	where = info->si_addr;
	siglongjmp(back, 1);
}

static void catch_faults(void)
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
}

/* Whether a read or a write faults. */
static int reads(volatile char *p)
{
	if (sigsetjmp(back, 1))
		return 0;
	(void)*p;
	return 1;
}

static int writes(volatile char *p)
{
	if (sigsetjmp(back, 1))
		return 0;
	*p = 1;
	return 1;
}

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
