/* SIGSEGV as a tool: a handler that mends the page and resumes, one on an alternate stack, one that jumps away. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "check.h"

#define PAGES 64

static unsigned char *area;
static volatile int mended, overflows;
static sigjmp_buf back;

static void mend(int sig, siginfo_t *info, void *context)
{
	unsigned char *page = (unsigned char *)((uintptr_t)info->si_addr & ~(PAGE_SIZE - 1));

	(void)context;
	if (sig != SIGSEGV || page < area || page >= area + PAGES * PAGE_SIZE)
		_exit(3);
	mprotect(page, PAGE_SIZE, PROT_READ | PROT_WRITE);
	mended++;
}

/* A garbage collector's write barrier: every first write to a protected page faults once. */
static void mend_and_resume(void)
{
	struct sigaction action = { .sa_sigaction = mend, .sa_flags = SA_SIGINFO };
	unsigned sum = 0;

	sigaction(SIGSEGV, &action, NULL);
	for (int round = 0; round < 3; round++) {
		CHECK(mprotect(area, PAGES * PAGE_SIZE, round == 1 ? PROT_NONE : PROT_READ) == 0);
		for (int i = 0; i < PAGES; i++) {
			area[i * PAGE_SIZE + i] += i + round;
			area[i * PAGE_SIZE + 100 + i]++;
		}
	}
	for (int i = 0; i < PAGES; i++)
		sum += area[i * PAGE_SIZE + i] + area[i * PAGE_SIZE + 100 + i];
	printf("mended %d pages, sum %u\n", mended, sum);
}

static void step_over(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	(void)info;
	uc->uc_mcontext.gregs[REG_RIP] += 2; /* ud2 */
	uc->uc_mcontext.gregs[REG_RBX] = 4242;
}

static void change_registers(void)
{
	struct sigaction action = { .sa_sigaction = step_over, .sa_flags = SA_SIGINFO };
	long rbx = 0;

	sigaction(SIGILL, &action, NULL);
	__asm__ volatile("ud2" : "+b"(rbx));
	CHECK(rbx == 4242);
}

static void on_overflow(int sig, siginfo_t *info, void *context)
{
	char here;
	stack_t now;

	(void)sig;
	(void)info;
	(void)context;
	overflows++;
	sigaltstack(NULL, &now);
	printf("handler on the alternate stack: %d, SS_ONSTACK: %d\n",
	       &here >= (char *)now.ss_sp && &here < (char *)now.ss_sp + now.ss_size, !!(now.ss_flags & SS_ONSTACK));
	siglongjmp(back, 1);
}

static int recurse(volatile int depth)
{
	volatile char frame[4000];

	frame[depth % 4000] = 1;
	return depth < 0 ? 0 : recurse(depth + 1) + frame[depth % 4000];
}

static void overflow_the_stack(void)
{
	struct sigaction action = { .sa_sigaction = on_overflow, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t alternate = { .ss_sp = malloc(65536), .ss_size = 65536 }, small = { .ss_sp = area, .ss_size = 100 };

	CHECK(sigaltstack(&alternate, NULL) == 0);
	SHOW(sigaltstack(&small, NULL));
	sigaction(SIGSEGV, &action, NULL);
	for (int i = 0; i < 3; i++)
		if (sigsetjmp(back, 1) == 0)
			printf("%d\n", recurse(0));
	CHECK(overflows == 3);
}

/* A handler may leave by siglongjmp as often as it likes. */
static void jump_away(void)
{
	volatile int jumps = 0;

	for (int i = 0; i < 100; i++)
		if (sigsetjmp(back, 1) == 0)
			*(volatile int *)nowhere = 1;
		else
			jumps++;
	printf("jumped %d times, overflows %d\n", jumps, overflows > 3);
}

static void quiet_jump(int sig)
{
	(void)sig;
	siglongjmp(back, 1);
}

int main(void)
{
	area = mmap(NULL, PAGES * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (area == MAP_FAILED)
		check_fatal("mmap");
	mend_and_resume();
	change_registers();
	overflow_the_stack();
	signal(SIGSEGV, quiet_jump);
	jump_away();
	return check_status();
}
