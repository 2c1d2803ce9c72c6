/* Masks while a handler runs: sa_mask, the signal itself, SA_NODEFER, SA_RESETHAND; what comes back afterwards. */
#include "tests.h"

static volatile int depth, deepest, blocked_self, blocked_other, runs;

static void handler(int sig)
{
	sigset_t now;

	sigprocmask(SIG_BLOCK, NULL, &now);
	blocked_self = sigismember(&now, sig);
	blocked_other = sigismember(&now, SIGUSR2);
	runs++;
	depth++;
	if (depth > deepest)
		deepest = depth;
	if (runs < 3)
		raise(sig);
	depth--;
}

static void set(int flags, int other)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	if (other)
		sigaddset(&action.sa_mask, SIGUSR2);
	sigaction(SIGUSR1, &action, NULL);
	depth = deepest = runs = 0;
}

int main(void)
{
	struct sigaction now;
	sigset_t set_now;

	alarm(20);
	set(0, 1);
	raise(SIGUSR1);
	CHECK(runs == 3 && deepest == 1 && blocked_self && blocked_other);
	sigprocmask(SIG_BLOCK, NULL, &set_now);
	CHECK(!sigismember(&set_now, SIGUSR1) && !sigismember(&set_now, SIGUSR2));
	set(SA_NODEFER, 0);
	raise(SIGUSR1);
	CHECK(runs == 3 && deepest == 3 && !blocked_self && !blocked_other);
	set(SA_RESETHAND, 0);
	runs = 10;
	raise(SIGUSR1);
	sigaction(SIGUSR1, NULL, &now);
	CHECK(runs == 11 && now.sa_handler == SIG_DFL);
	CHECK(sigaction(SIGKILL, &now, NULL) == -1 && errno == EINVAL);
	CHECK(sigaction(SIGSTOP, NULL, &now) == 0);
	CHECK(sigaction(65, NULL, &now) == -1 && errno == EINVAL);
	sigfillset(&set_now);
	sigprocmask(SIG_SETMASK, &set_now, NULL);
	sigprocmask(SIG_SETMASK, NULL, &set_now);
	CHECK(!sigismember(&set_now, SIGKILL) && !sigismember(&set_now, SIGSTOP) && sigismember(&set_now, SIGTERM));
	return check_status();
}
