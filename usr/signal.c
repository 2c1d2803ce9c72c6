/* Signals to oneself: siginfo, masks, pending, nesting, one-shot handlers, waiting, and what the context says. */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>

#include "check.h"

static volatile sig_atomic_t depth, deepest, calls;

static void on_info(int sig, siginfo_t *info, void *context)
{
	const ucontext_t *uc = context;

	printf("handler: signal %d, code %d, from myself %d, uid is mine %d, rip inside %d\n", sig, info->si_code,
	       info->si_pid == getpid(), info->si_uid == getuid(), uc->uc_mcontext.gregs[REG_RIP] != 0);
	calls++;
}

static void on_value(int sig, siginfo_t *info, void *context)
{
	(void)context;
	printf("queued: signal %d, code %d, value %d\n", sig, info->si_code, info->si_value.sival_int);
	calls++;
}

static void on_nested(int sig)
{
	if (++depth > deepest)
		deepest = depth;
	if (++calls < 4)
		raise(sig);
	depth--;
}

static void install(int sig, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags };

	CHECK(sigaction(sig, &action, NULL) == 0);
}

static void siginfo_of_each_sender(void)
{
	install(SIGUSR1, on_info, 0);
	puts("Before sending signal");
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGUSR1) == 0);
	puts("After sending signal");
	CHECK(calls == 3);
}

static void masks_and_pending(void)
{
	sigset_t set, pending, old;

	calls = 0;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &set, &old) == 0);
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	CHECK(calls == 0);
	CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGUSR1) && !sigismember(&pending, SIGUSR2));
	CHECK(sigprocmask(SIG_SETMASK, &old, NULL) == 0);
	CHECK(calls == 1); /* a standard signal is pending once */
}

static void queued_signals(void)
{
	sigset_t set;
	siginfo_t info;
	struct timespec none = { 0, 0 };

	calls = 0;
	install(SIGRTMIN + 1, on_value, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN + 1);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (int i = 1; i <= 3; i++)
		CHECK(sigqueue(getpid(), SIGRTMIN + 1, (union sigval){ .sival_int = i }) == 0);
	sigdelset(&set, SIGUSR2);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	CHECK(calls == 3);

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	CHECK(sigtimedwait(&set, &info, &none) == -1 && errno == EAGAIN);
	kill(getpid(), SIGUSR2);
	CHECK(sigwaitinfo(&set, &info) == SIGUSR2 && info.si_pid == getpid());
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void nesting(void)
{
	struct sigaction action = { .sa_handler = on_nested };

	calls = depth = deepest = 0;
	sigaction(SIGUSR1, &action, NULL);
	raise(SIGUSR1);
	printf("without SA_NODEFER: %d calls, %d deep\n", (int)calls, (int)deepest);
	action.sa_flags = SA_NODEFER;
	calls = depth = deepest = 0;
	sigaction(SIGUSR1, &action, NULL);
	raise(SIGUSR1);
	printf("with SA_NODEFER: %d calls, %d deep\n", (int)calls, (int)deepest);
}

static void suspend_and_reset(void)
{
	struct sigaction action = { .sa_sigaction = on_info, .sa_flags = SA_SIGINFO | SA_RESETHAND }, after;
	sigset_t set, none;

	calls = 0;
	sigaction(SIGUSR1, &action, NULL);
	sigemptyset(&none);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	kill(getpid(), SIGUSR1);
	CHECK(sigsuspend(&none) == -1 && errno == EINTR && calls == 1);
	CHECK(sigaction(SIGUSR1, NULL, &after) == 0 && after.sa_handler == SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void refused(void)
{
	struct sigaction action = { .sa_handler = SIG_IGN };

	SHOW(sigaction(SIGKILL, &action, NULL));
	SHOW(syscall(SYS_rt_sigaction, 65, NULL, NULL, 8));
	SHOW(syscall(SYS_rt_sigaction, SIGUSR1, NULL, NULL, 4));
	SHOW(kill(getpid(), 65));
	SHOW(kill(getpid(), 0));
	SHOW(kill(999999, 0));
	CHECK(sigaction(SIGTERM, &action, NULL) == 0 && raise(SIGTERM) == 0);
}

int main(int argc, char **argv)
{
	siginfo_of_each_sender();
	masks_and_pending();
	queued_signals();
	nesting();
	suspend_and_reset();
	refused();
	check_status();
	fflush(stdout);
	/* With an argument the program dies of that signal. */
	if (argc > 1) {
		signal(atoi(argv[1]), SIG_DFL);
		kill(getpid(), atoi(argv[1]));
	}
	return check_failures ? 1 : 0;
}
