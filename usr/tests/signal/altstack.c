/* sigaltstack(2): handlers run on it, it is reported in use, and a stack overflow can be survived on it. */
#include "tests.h"
#include <setjmp.h>

static char stack[65536];
static sigjmp_buf back;
static volatile int on_it, flags_in_handler, change_refused;

static void handler(int sig)
{
	char here;
	stack_t now, other = { .ss_flags = SS_DISABLE };

	on_it = &here >= stack && &here < stack + sizeof(stack);
	sigaltstack(NULL, &now);
	flags_in_handler = now.ss_flags;
	change_refused = sigaltstack(&other, NULL) == -1 && errno == EPERM;
	if (sig == SIGSEGV)
		siglongjmp(back, 1);
}

static volatile int never;

static int overflow(volatile char *above)
{
	volatile char room[4096];

	room[0] = above[0];
	if (never)
		return 0;
	return overflow(room) + room[0];
}

int main(void)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_ONSTACK };
	stack_t mine = { .ss_sp = stack, .ss_size = sizeof(stack) }, old, tiny = { .ss_sp = stack, .ss_size = 100 };
	char c = 0;

	alarm(20);
	CHECK(sigaltstack(NULL, &old) == 0 && old.ss_flags == SS_DISABLE);
	CHECK(sigaltstack(&tiny, NULL) == -1 && errno == ENOMEM);
	CHECK(sigaltstack(&mine, NULL) == 0);
	CHECK(sigaltstack(NULL, &old) == 0 && old.ss_sp == stack && old.ss_size == sizeof(stack) && old.ss_flags == 0);
	sigaction(SIGUSR1, &action, NULL);
	sigaction(SIGSEGV, &action, NULL);
	raise(SIGUSR1);
	CHECK(on_it && (flags_in_handler & SS_ONSTACK) && change_refused);
	on_it = 0;
	if (sigsetjmp(back, 1) == 0)
		overflow(&c);
	CHECK(on_it);
	action.sa_flags = 0;
	sigaction(SIGUSR1, &action, NULL);
	raise(SIGUSR1);
	CHECK(!on_it);
	return check_status();
}
