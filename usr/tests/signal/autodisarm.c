/* SS_AUTODISARM: the alternate stack is off while a handler runs on it, and back afterwards. */
#include "tests.h"

#ifndef SS_AUTODISARM
#define SS_AUTODISARM (1U << 31)
#endif

static char stack[65536];
static volatile int disabled, on_it;

static void handler(int sig)
{
	stack_t now;
	char here;

	(void)sig;
	on_it = &here >= stack && &here < stack + sizeof(stack);
	sigaltstack(NULL, &now);
	disabled = now.ss_flags == SS_DISABLE;
}

int main(void)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_ONSTACK };
	stack_t mine = { .ss_sp = stack, .ss_size = sizeof(stack), .ss_flags = (int)SS_AUTODISARM }, now;

	alarm(20);
	CHECK(sigaltstack(&mine, NULL) == 0);
	sigaction(SIGUSR1, &action, NULL);
	raise(SIGUSR1);
	CHECK(on_it && disabled);
	CHECK(sigaltstack(NULL, &now) == 0 && now.ss_sp == stack && now.ss_flags == (int)SS_AUTODISARM);
	on_it = 0;
	raise(SIGUSR1);
	CHECK(on_it && disabled);
	return check_status();
}
