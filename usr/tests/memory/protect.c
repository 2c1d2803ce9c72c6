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
