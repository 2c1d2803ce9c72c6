/* SIGCHLD: what siginfo says of exits, deaths and stops; SA_NOCLDSTOP, SA_NOCLDWAIT and ignoring. */
#include "tests.h"

static volatile siginfo_t got;
static volatile int count;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	memcpy((void *)&got, info, sizeof(*info));
	count++;
}

static void set(int flags)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART | flags };

	sigaction(SIGCHLD, &action, NULL);
	count = 0;
}

static int leave(void *arg)
{
	if ((long)arg < 0)
		raise((int)-(long)arg);
	return (int)(long)arg;
}

static void await(int wanted)
{
	while (count < wanted)
		usleep(500);
}

int main(void)
{
	pid_t pid;
	int status;

	alarm(20);
	set(0);
	pid = start_child(leave, (void *)7);
	await(1);
	CHECK(got.si_code == CLD_EXITED && got.si_status == 7 && got.si_pid == pid && got.si_uid == getuid());
	CHECK(wait_for(pid) == 7);
	set(0);
	pid = start_child(leave, (void *)-SIGTERM);
	await(1);
	CHECK(got.si_code == CLD_KILLED && got.si_status == SIGTERM && got.si_pid == pid);
	CHECK(wait_for(pid) == 128 + SIGTERM);
	set(0);
	pid = start_child(leave, (void *)-SIGSTOP);
	await(1);
	CHECK(got.si_code == CLD_STOPPED && got.si_status == SIGSTOP && got.si_pid == pid);
	kill(pid, SIGKILL);
	CHECK(wait_for(pid) == 128 + SIGKILL);
	set(SA_NOCLDSTOP);
	pid = start_child(leave, (void *)-SIGSTOP);
	CHECK(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status));
	CHECK(count == 0);
	kill(pid, SIGKILL);
	CHECK(wait_for(pid) == 128 + SIGKILL);
	set(SA_NOCLDWAIT);
	pid = start_child(leave, (void *)3);
	CHECK(waitpid(pid, &status, 0) == -1 && errno == ECHILD);
	return check_status();
}
