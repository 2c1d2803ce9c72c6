/* Leaving handlers by siglongjmp, thousands of times, with and without the mask. */
#include "tests.h"
#include <setjmp.h>

static sigjmp_buf back;

static void handler(int sig)
{
	siglongjmp(back, sig);
}

int main(void)
{
	volatile int times = 0;
	sigset_t now;

	alarm(20);
	signal(SIGUSR1, handler);
	while (times < 3000) {
		if (sigsetjmp(back, 1) == 0)
			raise(SIGUSR1);
		times++;
	}
	sigprocmask(SIG_BLOCK, NULL, &now);
	CHECK(!sigismember(&now, SIGUSR1));
	if (sigsetjmp(back, 0) == 0)
		raise(SIGUSR1);
	sigprocmask(SIG_BLOCK, NULL, &now);
	CHECK(sigismember(&now, SIGUSR1));
	return check_status();
}
