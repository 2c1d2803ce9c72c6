/* Thread-local variables are each thread's own, initialised from the image, zero where that says nothing. */
#include "tests.h"

#include <pthread.h>

static __thread int initialised = 42;
static __thread char zero[5000];
static __thread int *self = NULL;
static int *seen[8];

static void *work(void *arg)
{
	long n = (long)arg, ok = initialised == 42 && self == NULL;

	for (int i = 0; i < 5000; i++)
		ok &= zero[i] == 0;
	initialised = (int)n;
	memset(zero, (int)n, sizeof(zero));
	self = &initialised;
	sched_yield();
	for (int i = 0; i < 5000; i++)
		ok &= zero[i] == n;
	seen[n] = self;
	return (void *)(long)(ok && initialised == n);
}

int main(void)
{
	pthread_t threads[8];
	int good = 0;

	alarm(30);
	for (long i = 0; i < 8; i++)
		pthread_create(&threads[i], NULL, work, (void *)i);
	for (int i = 0; i < 8; i++) {
		void *ok;

		pthread_join(threads[i], &ok);
		good += (long)ok;
	}
	CHECK(good == 8);
	CHECK(initialised == 42);
	CHECK(zero[4999] == 0);
	return check_status();
}
