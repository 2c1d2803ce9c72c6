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
