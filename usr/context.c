/* Contexts: setjmp, coroutines by swapcontext, FPU state over signals and system calls, registers over system calls. */
#define _GNU_SOURCE
#include <fenv.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <xmmintrin.h>

#include "check.h"

static ucontext_t main_context, coroutine;
static int produced;

static void producer(void)
{
	for (int i = 1; i <= 10; i++) {
		produced = i * i;
		swapcontext(&coroutine, &main_context);
	}
	produced = -1;
}

static void coroutines(void)
{
	char *stack = malloc(65536);
	int sum = 0;

	getcontext(&coroutine);
	coroutine.uc_stack.ss_sp = stack;
	coroutine.uc_stack.ss_size = 65536;
	coroutine.uc_link = &main_context;
	makecontext(&coroutine, producer, 0);
	for (;;) {
		swapcontext(&main_context, &coroutine);
		if (produced < 0)
			break;
		sum += produced;
	}
	printf("coroutine sum %d\n", sum);
	free(stack);
}

static void spoil_floats(int sig)
{
	volatile double x = sig;

	fesetround(FE_UPWARD);
	for (int i = 0; i < 100; i++)
		x = x * 1.1 + 3;
	__asm__ volatile("pxor %%xmm0, %%xmm0\n\tpxor %%xmm7, %%xmm7\n\tfninit\n\tfldpi" : : : "xmm0", "xmm7", "st");
}

static void floats_over_signals(void)
{
	double values[4] = { 1.5, -2.25, 1e100, 3.0 }, after[4];
	long double x87;
	unsigned mxcsr;

	signal(SIGUSR1, spoil_floats);
	fesetround(FE_DOWNWARD);
	/* kill(getpid(), SIGUSR1) with live xmm and x87 registers around it */
	__asm__ volatile("movsd %6, %%xmm0\n\tmovsd 8+%6, %%xmm7\n\tmovsd 16+%6, %%xmm8\n\tmovsd 24+%6, %%xmm15\n\t"
			 "fldl %6\n\t"
			 "syscall\n\t"
			 "fstpt %1\n\t"
			 "movsd %%xmm0, %0\n\tmovsd %%xmm7, 8+%0\n\tmovsd %%xmm8, 16+%0\n\tmovsd %%xmm15, 24+%0"
			 : "=m"(after), "=m"(x87)
			 : "a"(SYS_kill), "D"(getpid()), "S"(SIGUSR1), "m"(x87), "m"(values)
			 : "rcx", "r11", "memory", "xmm0", "xmm7", "xmm8", "xmm15", "st");
	mxcsr = _mm_getcsr();
	printf("%g %g %g %g %Lg, rounding in mxcsr %u, in the control word %d\n", after[0], after[1], after[2], after[3], x87,
	       mxcsr >> 13 & 3, fegetround() == FE_DOWNWARD);
	fesetround(FE_TONEAREST);
}

static void registers_over_system_calls(void)
{
	long result, rcx_is_rip, r11_flags, kept;

	__asm__ volatile("mov $11, %%r8\n\tmov $22, %%r9\n\tmov $33, %%r10\n\tmov $44, %%r12\n\tmov $55, %%r15\n\t"
			 "stc\n\tsyscall\n1:\n\t"
			 "setc %%dl\n\tmovzbl %%dl, %%edx\n\t"
			 "lea 1b(%%rip), %%rax\n\tcmp %%rax, %%rcx\n\tsete %%al\n\tmovzbl %%al, %%eax\n\tmov %%rax, %1\n\t"
			 "lea (%%r8, %%r9), %%rax\n\tadd %%r10, %%rax\n\tadd %%r12, %%rax\n\tadd %%r15, %%rax\n\tmov %%rax, %2\n\t"
			 "mov %%r11, %%rax\n\tand $1, %%eax\n\tmov %%rax, %3"
			 : "=&d"(result), "=m"(rcx_is_rip), "=m"(kept), "=m"(r11_flags)
			 : "a"(SYS_getpid)
			 : "rcx", "r8", "r9", "r10", "r11", "r12", "r15", "memory", "cc");
	printf("carry %ld, rcx is the return address %ld, kept %ld, flags in r11 %ld\n", result, rcx_is_rip, kept, r11_flags);
}

int main(void)
{
	jmp_buf jump;
	volatile int count = 0;
	int value = setjmp(jump);

	if (value < 100) {
		count++;
		longjmp(jump, value + 1);
	}
	printf("jumped %d times\n", count);
	coroutines();
	floats_over_signals();
	registers_over_system_calls();
	return check_status();
}
