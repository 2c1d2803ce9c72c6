/* rt_sigreturn with nonsense on the stack, a handler without a stack, a bad restorer: SIGSEGV, nothing worse. */
#include "tests.h"
#include <ucontext.h>

static void spoil(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)info;
	if (sig == SIGUSR1)
		uc->uc_mcontext.fpregs = nowhere;
	else
		uc->uc_mcontext.gregs[REG_RIP] = 0x8000000000000000UL;
}

static int sigreturn_now(void *arg)
{
	asm volatile("movq $8, %%rsp; movl $15, %%eax; syscall" ::: "memory");
	return (int)(long)arg;
}

static int no_stack(void *arg)
{
	signal(SIGUSR1, (void (*)(int))abort);
	asm volatile("movq $4096, %%rsp; movl %0, %%edi; movl $10, %%esi; movl $62, %%eax; syscall" ::"r"((int)(long)arg));
	return 0;
}

static int bad_context(void *arg)
{
	struct sigaction action = { .sa_sigaction = spoil, .sa_flags = SA_SIGINFO };

	sigaction(SIGUSR1, &action, NULL);
	sigaction(SIGUSR2, &action, NULL);
	raise((int)(long)arg);
	return 0;
}

static int in_child(int (*body)(void *), long arg)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(body((void *)(arg ? arg : getpid())));
	return wait_for(pid);
}

int main(void)
{
	alarm(20);
	CHECK(in_child(sigreturn_now, 1) == 128 + SIGSEGV);
	CHECK(in_child(no_stack, 0) == 128 + SIGSEGV);
	CHECK(in_child(bad_context, SIGUSR1) == 128 + SIGSEGV);
	CHECK(in_child(bad_context, SIGUSR2) == 128 + SIGSEGV);
	return check_status();
}
