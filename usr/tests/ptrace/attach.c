/* PTRACE_ATTACH and DETACH of a running process, PTRACE_SEIZE and INTERRUPT of one that sleeps; errors. */
#include "tests.h"
#include <sys/ptrace.h>
#include <sys/user.h>

static volatile unsigned long *count;

static int spin(void *arg)
{
	for (;;)
		(*count)++;
	return (int)(long)arg;
}

static int sleeper(void *arg)
{
	pause();
	return (int)(long)arg;
}

int main(void)
{
	struct user_regs_struct regs;
	unsigned long before;
	int status;
	pid_t pid;

	alarm(20);
	count = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid = start_child(spin, NULL);
	while (*count == 0)
		usleep(1000);
	CHECK(ptrace(PTRACE_ATTACH, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	before = *count;
	usleep(20000);
	CHECK(*count == before);
	CHECK(ptrace(PTRACE_GETREGS, pid, 0, &regs) == 0);
	CHECK(ptrace(PTRACE_DETACH, pid, 0, 0) == 0);
	while (*count == before)
		usleep(1000);
	CHECK(ptrace(PTRACE_GETREGS, pid, 0, &regs) == -1 && errno == ESRCH);
	kill(pid, SIGKILL);
	CHECK(wait_for(pid) == 128 + SIGKILL);

	pid = start_child(sleeper, NULL);
	CHECK(ptrace(PTRACE_SEIZE, pid, 0, 0) == 0);
	CHECK(ptrace(PTRACE_INTERRUPT, pid, 0, 0) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && status >> 8 == (SIGTRAP | PTRACE_EVENT_STOP << 8));
	CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	CHECK(kill(pid, SIGTERM) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) && WSTOPSIG(status) == SIGTERM);
	CHECK(ptrace(PTRACE_CONT, pid, 0, SIGTERM) == 0);
	CHECK(wait_for(pid) == 128 + SIGTERM);
	CHECK(ptrace(PTRACE_ATTACH, 0x3fffffff, 0, 0) == -1 && errno == ESRCH);
	CHECK(ptrace(PTRACE_ATTACH, getpid(), 0, 0) == -1 && errno == EPERM);
	return check_status();
}
