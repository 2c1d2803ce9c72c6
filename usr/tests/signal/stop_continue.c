/* SIGSTOP stops all threads of a process until SIGCONT; the parent is told of both. */
#include "tests.h"
#include <pthread.h>

static volatile unsigned long *counts;

static void *count(void *arg)
{
	for (;;)
		counts[(long)arg]++;
	return NULL;
}

static int child(void *arg)
{
	pthread_t t;

	pthread_create(&t, NULL, count, (void *)1);
	count(arg);
	return 0;
}

int main(void)
{
	unsigned long a, b;
	int status;
	pid_t pid;

	alarm(25);
	counts = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid = start_child(child, NULL);
	while (counts[0] == 0 || counts[1] == 0)
		usleep(1000);
	CHECK(kill(pid, SIGSTOP) == 0);
	CHECK(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	usleep(20000);
	a = counts[0], b = counts[1];
	usleep(30000);
	CHECK(counts[0] == a && counts[1] == b);
	CHECK(kill(pid, SIGCONT) == 0);
	CHECK(waitpid(pid, &status, WCONTINUED) == pid && WIFCONTINUED(status));
	while (counts[0] == a || counts[1] == b)
		usleep(1000);
	CHECK(kill(pid, SIGSTOP) == 0);
	CHECK(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status));
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK(wait_for(pid) == 128 + SIGKILL);
	return check_status();
}
