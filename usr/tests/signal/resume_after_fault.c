/* A handler may repair what an instruction needs, or skip it, and all registers survive: how libsigsegv, Go and Java live. */
#include "tests.h"
#include <ucontext.h>

static char *page;
static volatile int faults;

static void repair(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	faults++;
	if (info->si_addr >= (void *)page && info->si_addr < (void *)(page + 4096))
		mprotect(page, 4096, PROT_READ | PROT_WRITE);
	else
		uc->uc_mcontext.gregs[REG_RIP] += 2; /* movb (%rax), %cl */
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = repair, .sa_flags = SA_SIGINFO };
	double d = 1.5, e = 0;
	long a = 11, b = 22, c = 33;

	alarm(20);
	page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	sigaction(SIGSEGV, &action, NULL);
	asm volatile("movsd %4, %%xmm7\n\t"
		     "movb $7, (%3)\n\t"
		     "movsd %%xmm7, %5\n\t"
		     "addq $1, %0; addq $1, %1; addq $1, %2"
		     : "+r"(a), "+r"(b), "+r"(c)
		     : "r"(page), "m"(d), "m"(e)
		     : "xmm7", "memory");
	CHECK(faults == 1);
	CHECK(page[0] == 7);
	CHECK(a == 12 && b == 23 && c == 34);
	CHECK(e == 1.5);
	asm volatile("movq $16, %%rax; movb (%%rax), %%cl" ::: "rax", "rcx");
	CHECK(faults == 2);
	return check_status();
}
