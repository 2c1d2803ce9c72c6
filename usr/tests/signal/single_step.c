/* The trap flag: SIGTRAP with TRAP_TRACE after each instruction until it is cleared. */
#include "tests.h"
#include <ucontext.h>

static volatile int steps, code;

static void handler(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	code = info->si_code;
	if (++steps == 5)
		uc->uc_mcontext.gregs[REG_EFL] &= ~0x100L;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	long a = 0;

	alarm(20);
	sigaction(SIGTRAP, &action, NULL);
	asm volatile("pushfq; orq $0x100, (%%rsp); popfq\n\t"
		     "incq %0; incq %0; incq %0; incq %0; incq %0; incq %0; incq %0; incq %0"
		     : "+r"(a)
		     :
		     : "memory", "cc");
	CHECK(steps == 5);
	CHECK(code == TRAP_TRACE);
	CHECK(a == 8);
	return check_status();
}
