/* Threads run, return values, and see each other's writes after join. */
#include <pthread.h>
#include "tests.h"

static long results[64];

static void *work(void *arg)
{
	long n = (long)arg;
	results[n] = n * n;
	return (void *)(n + 1);
}

int main(void)
{
	pthread_t threads[64];

	alarm(30);
	for (long i = 0; i < 64; i++)
		CHECK(pthread_create(&threads[i], NULL, work, (void *)i) == 0);
	for (long i = 0; i < 64; i++) {
		void *result;

		CHECK(pthread_join(threads[i], &result) == 0);
		CHECK((long)result == i + 1);
		CHECK(results[i] == i * i);
	}
	return check_status();
}
