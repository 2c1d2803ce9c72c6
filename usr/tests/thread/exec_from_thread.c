/* execve(2) from a thread that is not the first: the others end, and the new program has the process's id. */
#include "tests.h"

#include <pthread.h>

static char pid[16];

static void *spin(void *arg)
{
	for (volatile unsigned long i = 0;; i++)
		;
	return arg;
}

static void *work(void *arg)
{
	usleep(10000);
	reexec("exec_from_thread", pid, NULL);
	return arg;
}

int main(int argc, char **argv)
{
	pthread_t t;

	alarm(30);
	if (argc > 1) {
		CHECK(atoi(argv[1]) == getpid());
		CHECK(syscall(SYS_gettid) == getpid());
		return check_status();
	}
	snprintf(pid, sizeof(pid), "%d", getpid());
	pthread_create(&t, NULL, spin, NULL);
	pthread_create(&t, NULL, spin, NULL);
	pthread_create(&t, NULL, work, NULL);
	for (;;)
		pause();
}
