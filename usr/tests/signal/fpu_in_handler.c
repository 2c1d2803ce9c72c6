/* x87, SSE registers, MXCSR and the control word: clean in the handler, the interrupted ones back after it, changes through the frame taken. */
#include "tests.h"
#include <fenv.h>
#include <ucontext.h>
#include <xmmintrin.h>

static volatile int clean;
static int change;

static void handler(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	unsigned short cw;

	(void)sig;
	(void)info;
	asm volatile("fnstcw %0" : "=m"(cw));
	clean = cw == 0x37f && (_mm_getcsr() & 0x6000) == 0;
	asm volatile("pcmpeqd %%xmm5, %%xmm5; fninit; fld1; fldpi" ::: "xmm5");
	if (change)
		uc->uc_mcontext.fpregs->_xmm[5].element[0] = 0x3f800000;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	float x = 0;
	long double y = 0;
	long pid = getpid(), tid = syscall(SYS_gettid), result;

	alarm(20);
	sigaction(SIGUSR1, &action, NULL);
	fesetround(FE_UPWARD);
	for (change = 0; change < 2; change++) {
		float four = 4;

		asm volatile("fldpi; movss %4, %%xmm5; syscall; movss %%xmm5, %1; fstpt %2"
			     : "=a"(result), "=m"(x), "=m"(y)
			     : "a"(SYS_tgkill), "m"(four), "D"(pid), "S"(tid), "d"(SIGUSR1)
			     : "rcx", "r11", "xmm5", "memory");
		CHECK(result == 0);
		CHECK(clean);
		CHECK(x == (change ? 1.0f : 4.0f));
		CHECK(y > 3.14159L && y < 3.1416L);
		CHECK(fegetround() == FE_UPWARD);
	}
	return check_status();
}
