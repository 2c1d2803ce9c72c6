/* Memory and registers of a stopped child: PEEK, POKE, also into code; GETREGS, SETREGS, USER, FP registers. */
#include "tests.h"

#include <asm/prctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

static volatile long word = 0x1122334455667788;
static volatile double real = 2.5;

static __attribute__((noinline)) int function(int x)
{
	return x + 1;
}

static int child(void *arg)
{
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	raise(SIGSTOP);
	int (*volatile f)(int) = function;
	return f((int)(long)arg) + (word == 99 ? 100 : 0);
}

#ifndef PTRACE_ARCH_PRCTL
#define PTRACE_ARCH_PRCTL 30
#endif

int main(void)
{
	struct user_regs_struct regs;
	struct user_fpregs_struct fp;
	struct iovec iov = { &regs, sizeof(regs) };
	int status;
	long text, base = 0;
	pid_t pid;

	alarm(20);
	pid = start_child(child, (void *)6);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	CHECK(ptrace(PTRACE_PEEKDATA, pid, &word, 0) == 0x1122334455667788);
	CHECK(ptrace(PTRACE_POKEDATA, pid, &word, 99) == 0);
	CHECK(ptrace(PTRACE_PEEKDATA, pid, &word, 0) == 99);
	errno = 0;
	CHECK(ptrace(PTRACE_PEEKDATA, pid, 8, 0) == -1 && errno == EIO);
	CHECK(ptrace(PTRACE_GETREGS, pid, 0, &regs) == 0);
	CHECK((unsigned long)ptrace(PTRACE_PEEKUSER, pid, offsetof(struct user, regs.rip), 0) == regs.rip);
	CHECK((regs.cs & 3) == 3);
	memset(&regs, 0, sizeof(regs));
	CHECK(ptrace(PTRACE_GETREGSET, pid, 1, &iov) == 0 && iov.iov_len == sizeof(regs));
	CHECK(regs.rip != 0 && regs.fs_base != 0);
	CHECK(ptrace(PTRACE_ARCH_PRCTL, pid, &base, ARCH_GET_FS) == 0 && base == (long)regs.fs_base);
	CHECK(ptrace(PTRACE_ARCH_PRCTL, pid, &base, 7) == -1 && errno == EINVAL);
	CHECK(ptrace(PTRACE_GETFPREGS, pid, 0, &fp) == 0 && (fp.mxcsr & 0x1f80) == 0x1f80);
	/* lea 1(%rdi),%eax or the like becomes mov $40,%eax; ret */
	text = ptrace(PTRACE_PEEKTEXT, pid, function, 0);
	CHECK(ptrace(PTRACE_POKETEXT, pid, function, (text & ~0xffffffffffffL) | 0xc300000028b8L) == 0);
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(wait_for(pid) == 140);
	CHECK(function(6) == 7);
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == -1 && errno == ESRCH);
	return check_status();
}
