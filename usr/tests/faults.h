/* Catching SIGSEGV and SIGBUS: whether an access faults, and how. Sources: sigaction(2), mmap(2). */
#ifndef LEGOOS_TESTS_FAULTS_H
#define LEGOOS_TESTS_FAULTS_H

#include "tests.h"

#include <setjmp.h>

/* What the last fault's siginfo said. */
static volatile int code, signal_number;
static void *volatile where;

static sigjmp_buf back;

static void on_fault(int number, siginfo_t *info, void *context)
{
	(void)context;
	signal_number = number;
	code = info->si_code;
	where = info->si_addr;
	siglongjmp(back, 1);
}

static inline void catch_faults(void)
{
	struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};

	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
}

/* Whether a read is let through. */
static inline int reads(volatile char *p)
{
	if (sigsetjmp(back, 1))
		return 0;
	(void)*p;
	return 1;
}

/* Whether a write is let through. */
static inline int writes(volatile char *p)
{
	if (sigsetjmp(back, 1))
		return 0;
	*p = 1;
	return 1;
}

#endif
