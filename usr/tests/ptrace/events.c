/* PTRACE_O_TRACEFORK, TRACECLONE, TRACEEXEC, TRACEEXIT: stops with event messages; new children and threads are traced. */
#include "tests.h"
#include <pthread.h>
#include <sys/ptrace.h>

static void *thread(void *arg)
{
	return arg;
}

static int child(void *arg)
{
	pthread_t t;
	pid_t pid;

	ptrace(PTRACE_TRACEME, 0, 0, 0);
	raise(SIGSTOP);
	pid = fork();
	if (pid == 0)
		_exit(3);
	wait_for(pid);
	pthread_create(&t, NULL, thread, NULL);
	pthread_join(t, NULL);
	reexec("events", "second", NULL);
	return (int)(long)arg;
}

int main(int argc, char **argv)
{
	int status, forks = 0, clones = 0, execs = 0, exits = 0, others = 0, ended = 0;
	unsigned long message;
	pid_t pid, who;

	(void)argv;
	alarm(20);
	if (argc > 1)
		return 9;
	pid = start_child(child, NULL);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	CHECK(ptrace(PTRACE_SETOPTIONS, pid, 0,
		     PTRACE_O_TRACEFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT) == 0);
	ptrace(PTRACE_CONT, pid, 0, 0);
	for (;;) {
		int signal = 0;

		who = waitpid(-1, &status, __WALL);
		if (who < 0)
			break;
		if (!WIFSTOPPED(status)) {
			ended++;
			if (who == pid)
				CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 9);
			continue;
		}
		if (status >> 8 == (SIGTRAP | PTRACE_EVENT_FORK << 8)) {
			ptrace(PTRACE_GETEVENTMSG, who, 0, &message);
			forks += message > 0;
		} else if (status >> 8 == (SIGTRAP | PTRACE_EVENT_CLONE << 8)) {
			ptrace(PTRACE_GETEVENTMSG, who, 0, &message);
			clones += message > 0;
		} else if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) {
			execs++;
		} else if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
			exits++;
		} else if (WSTOPSIG(status) == SIGSTOP) {
			others++;
		} else {
			signal = WSTOPSIG(status);
		}
		ptrace(PTRACE_CONT, who, 0, signal);
	}
	CHECK(forks == 1);
	CHECK(clones == 1);
	CHECK(execs == 1);
	CHECK(exits == 3);
	CHECK(others == 2);
	CHECK(ended == 3);
	return check_status();
}
