/* Signals of all kinds: an operation is one signal that was sent, and taken in one of several ways. */
#include "soak.h"
#include <setjmp.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <time.h>

static volatile sig_atomic_t taken;
static sigjmp_buf back;
static sigset_t waited;
static int descriptor;
static char *forbidden;
static pid_t partner;

static void handler(int number)
{
	(void)number;
	taken++;
}

static void info_handler(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	taken += info->si_value.sival_int;
}

static void mend(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	if (info->si_addr == forbidden + 4096)
		siglongjmp(back, 1);
	mprotect(forbidden, 4096, PROT_READ | PROT_WRITE);
}

static void prepare(const char *self)
{
	struct sigaction action = {.sa_handler = handler};
	struct sigaction with_info = {.sa_sigaction = info_handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
	struct sigaction fault = {.sa_sigaction = mend, .sa_flags = SA_SIGINFO | SA_NODEFER};
	stack_t stack = {.ss_sp = malloc(65536), .ss_size = 65536};

	(void)self;
	sigaltstack(&stack, NULL);
	sigaction(SIGUSR1, &action, NULL);
	sigaction(SIGRTMIN, &with_info, NULL);
	sigaction(SIGALRM, &action, NULL);
	sigaction(SIGSEGV, &fault, NULL);
	sigemptyset(&waited);
	sigaddset(&waited, SIGRTMIN + 1);
	sigaddset(&waited, SIGRTMIN + 2);
	sigprocmask(SIG_BLOCK, &waited, NULL);
	descriptor = signalfd(-1, &waited, 0);
	forbidden = mmap(NULL, 2 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	MUST(descriptor >= 0 && forbidden != MAP_FAILED);
	partner = partner_process();
	if (partner == 0) { /* sends each signal back */
		siginfo_t info;

		while (sigwaitinfo(&waited, &info) > 0 && getppid() == info.si_pid)
			sigqueue(info.si_pid, SIGRTMIN + 2, info.si_value);
		_exit(0);
	}
}

static void to_handler(int number, int value)
{
	sig_atomic_t before = taken;

	MUST(sigqueue(getpid(), number, (union sigval){.sival_int = value}) == 0 && taken == before + 1);
}

static void waited_for(int count)
{
	siginfo_t info;

	for (int i = 0; i < count; i++)
		MUST(sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = i}) == 0);
	for (int i = 0; i < count; i++)
		MUST(sigwaitinfo(&waited, &info) == SIGRTMIN + 1 && info.si_value.sival_int == i);
}

static void read_from_descriptor(void)
{
	struct signalfd_siginfo info;

	MUST(sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = 5}) == 0);
	MUST(read(descriptor, &info, sizeof(info)) == sizeof(info) && info.ssi_int == 5);
}

static void there_and_back(void)
{
	siginfo_t info;

	MUST(sigqueue(partner, SIGRTMIN + 1, (union sigval){.sival_int = 6}) == 0);
	MUST(sigwaitinfo(&waited, &info) == SIGRTMIN + 2 && info.si_value.sival_int == 6);
}

static void by_timer(void)
{
	struct itimerspec soon = {.it_value = {0, 1}};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
	sig_atomic_t before = taken;
	sigset_t alarms, old;
	timer_t timer;

	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	sigprocmask(SIG_BLOCK, &alarms, &old);
	MUST(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 && timer_settime(timer, 0, &soon, NULL) == 0);
	sigdelset(&old, SIGALRM);
	while (taken == before)
		sigsuspend(&old);
	sigprocmask(SIG_SETMASK, &old, NULL);
	MUST(timer_delete(timer) == 0);
}

static void by_fault(void)
{
	if (sigsetjmp(back, 0) == 0) {
		*(volatile char *)forbidden = 1; /* mended and tried again */
		mprotect(forbidden, 4096, PROT_NONE);
		*(volatile char *)(forbidden + 4096) = 1; /* jumps away */
		MUST(0);
	}
}

/* Sent to a process that dies with them pending. */
static void left_pending(void)
{
	pid_t child = fork();

	if (child == 0) {
		for (int i = 0; i < 100; i++)
			sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = i});
		_exit(0);
	}
	MUST(ended_with(child) == 0);
}

static void operate(unsigned long i)
{
	if (i % 5000 == 4999)
		left_pending();
	else if (i % 2000 == 99)
		by_timer();
	else if (i % 1000 == 41)
		there_and_back();
	else if (i % 16 == 3)
		waited_for(1);
	else if (i % 16 == 5)
		read_from_descriptor();
	else if (i % 16 == 7)
		by_fault();
	else if (i % 256 == 6)
		waited_for(50);
	else
		to_handler(i & 1 ? SIGUSR1 : SIGRTMIN, 1);
}
