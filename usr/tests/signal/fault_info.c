/* Signal, si_code and si_addr of what instructions do wrong. */
#include "tests.h"
#include <setjmp.h>
#include <ucontext.h>

static sigjmp_buf back;
static volatile siginfo_t got;
static volatile long trapno, fault_rip;

static void handler(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	memcpy((void *)&got, info, sizeof(*info));
	trapno = uc->uc_mcontext.gregs[REG_TRAPNO];
	fault_rip = uc->uc_mcontext.gregs[REG_RIP];
	siglongjmp(back, 1);
}

static void show(const char *what)
{
	printf("%s: signal %d code %d trap %ld\n", what, got.si_signo, got.si_code, trapno);
}

#define TRY(what, ...)                                                                                                  \
	do {                                                                                                            \
		memset((void *)&got, 0, sizeof(got));                                                                   \
		if (sigsetjmp(back, 1) == 0) {                                                                          \
			__VA_ARGS__;                                                                                    \
			printf("%s: nothing happened\n", what);                                                         \
		} else {                                                                                                \
			show(what);                                                                                     \
		}                                                                                                       \
	} while (0)

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP };
	char *page = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	alarm(20);
	for (int i = 0; i < 5; i++)
		sigaction(signals[i], &action, NULL);
	TRY("unmapped", *(volatile char *)nowhere);
	CHECK(got.si_addr == nowhere);
	TRY("read-only", *(volatile char *)(page + 5) = 1);
	CHECK(got.si_addr == page + 5);
	mprotect(page, 4096, PROT_NONE);
	TRY("no access", *(volatile char *)(page + 9));
	CHECK(got.si_addr == page + 9);
	munmap(page + 4096, 4096);
	TRY("unmapped code", ((void (*)(void))(page + 4096))());
	CHECK(got.si_addr == page + 4096 && fault_rip == (long)(page + 4096));
	TRY("non-canonical", *(volatile char *)0x8000000000000000UL);
	CHECK(got.si_addr == NULL);
	TRY("kernel address", *(volatile char *)0xffffffff81000000UL);
	TRY("division", asm volatile("xorl %%edx, %%edx; xorl %%ecx, %%ecx; movl $1, %%eax; divl %%ecx" ::: "eax", "ecx", "edx"));
	CHECK((long)got.si_addr == fault_rip);
	TRY("ud2", asm volatile("ud2"));
	CHECK((long)got.si_addr == fault_rip);
	TRY("int3", asm volatile("int3"));
	TRY("hlt", asm volatile("hlt"));
	return check_status();
}
