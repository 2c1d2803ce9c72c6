/* exit(3) from any thread ends all of them, whatever they do: sleeping, waiting on a futex, reading, computing. */
#include "tests.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int pipes[2];

static void *spin(void *arg)
{
	for (volatile unsigned long i = 0;; i++)
		;
	return arg;
}

static void *on_mutex(void *arg)
{
	pthread_mutex_lock(&lock);
	return arg;
}

static void *on_pipe(void *arg)
{
	char c;

	return (void *)(long)(read(pipes[0], &c, 1) + (arg != NULL));
}

static void *on_sleep(void *arg)
{
	sleep(1000);
	return arg;
}

static void *ender(void *arg)
{
	usleep(20000);
	printf("ending\n");
	exit(check_status());
	return arg;
}

int main(void)
{
	pthread_t t;

	alarm(30);
	CHECK(pipe(pipes) == 0);
	pthread_mutex_lock(&lock);
	CHECK(pthread_create(&t, NULL, spin, NULL) == 0);
	CHECK(pthread_create(&t, NULL, on_mutex, NULL) == 0);
	CHECK(pthread_create(&t, NULL, on_pipe, NULL) == 0);
	CHECK(pthread_create(&t, NULL, on_sleep, NULL) == 0);
	CHECK(pthread_create(&t, NULL, ender, NULL) == 0);
	for (;;)
		pause();
}
