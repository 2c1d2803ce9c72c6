/* SECCOMP_RET_TRAP: SIGSYS with what was called; the handler gives the result. */
#include "filter.h"

#include <ucontext.h>

static siginfo_t seen;

static void on_sys(int signal, siginfo_t *info, void *context)
{
	ucontext_t *at = context;

	(void)signal;
	seen = *info;
	CHECK((unsigned long)at->uc_mcontext.gregs[REG_RIP] == (unsigned long)info->si_call_addr);
	CHECK(at->uc_mcontext.gregs[REG_RAX] == SYS_getppid);
	at->uc_mcontext.gregs[REG_RAX] = 4711;
}

static int unhandled(void *argument)
{
	(void)argument;
	signal(SIGSYS, SIG_IGN); /* a forced signal is not to be ignored */
	syscall(SYS_getppid);
	return 0;
}

int main(void)
{
	struct sigaction action = {.sa_sigaction = on_sys, .sa_flags = SA_SIGINFO};

	CHECK(sigaction(SIGSYS, &action, NULL) == 0);
	CHECK(give_up_privileges() == 0);
	CHECK(install_on(SYS_getppid, SECCOMP_RET_TRAP | 77) == 0);
	CHECK(syscall(SYS_getppid) == 4711);
	CHECK(seen.si_signo == SIGSYS && seen.si_code == 1 && seen.si_errno == 77);
	CHECK(seen.si_syscall == SYS_getppid && seen.si_arch == AUDIT_ARCH_X86_64);
	CHECK(wait_for(start_child(unhandled, NULL)) == 128 + SIGSYS);
	return check_status();
}
