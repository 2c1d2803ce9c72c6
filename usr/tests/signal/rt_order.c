/* Real-time signals are queued, come lowest number first and in order; standard ones are kept once. */
#include "tests.h"

static volatile int order[16], values[16], count;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)context;
	order[count] = sig;
	values[count++] = info->si_value.sival_int;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	sigset_t all, pending;

	alarm(20);
	sigfillset(&all);
	action.sa_mask = all;
	sigaction(SIGRTMIN, &action, NULL);
	sigaction(SIGRTMIN + 3, &action, NULL);
	sigaction(SIGUSR1, &action, NULL);
	sigprocmask(SIG_BLOCK, &all, NULL);
	for (int i = 0; i < 3; i++) {
		sigqueue(getpid(), SIGRTMIN + 3, (union sigval){ .sival_int = i });
		sigqueue(getpid(), SIGRTMIN, (union sigval){ .sival_int = 10 + i });
		sigqueue(getpid(), SIGUSR1, (union sigval){ .sival_int = 20 + i });
	}
	sigpending(&pending);
	CHECK(sigismember(&pending, SIGUSR1) == 1);
	CHECK(sigismember(&pending, SIGRTMIN) == 1);
	CHECK(sigismember(&pending, SIGRTMIN + 1) == 0);
	CHECK(count == 0);
	sigprocmask(SIG_UNBLOCK, &all, NULL);
	CHECK(count == 7);
	for (int i = 0; i < count; i++)
		printf("%s %d\n", order[i] == SIGUSR1 ? "usr1" : order[i] == SIGRTMIN ? "min" : "min+3", values[i]);
	return check_status();
}
