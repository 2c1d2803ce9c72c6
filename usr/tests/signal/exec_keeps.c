/* execve: ignored signals and the mask stay, handlers become default, pending signals stay, the alternate stack goes. */
#include "tests.h"

static char alt[16384];

static void handler(int sig)
{
	(void)sig;
}

int main(int argc, char **argv)
{
	sigset_t set;
	struct sigaction now;
	stack_t stack = { .ss_sp = alt, .ss_size = sizeof(alt) };

	(void)argv;
	alarm(20);
	if (argc > 1) {
		sigaction(SIGUSR1, NULL, &now);
		CHECK(now.sa_handler == SIG_DFL);
		sigaction(SIGUSR2, NULL, &now);
		CHECK(now.sa_handler == SIG_IGN);
		sigprocmask(SIG_BLOCK, NULL, &set);
		CHECK(sigismember(&set, SIGTERM) == 1);
		sigpending(&set);
		CHECK(sigismember(&set, SIGTERM) == 1);
		CHECK(sigaltstack(NULL, &stack) == 0 && stack.ss_flags == SS_DISABLE);
		return check_status();
	}
	signal(SIGUSR1, handler);
	signal(SIGUSR2, SIG_IGN);
	sigaltstack(&stack, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGTERM);
	return reexec("exec_keeps", "again", NULL);
}
