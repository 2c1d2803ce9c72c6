/* Threads run, return values, and their writes are seen after join. */
#include "tests.h"

#include <pthread.h>

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
	int created = 0, joined = 0;

	alarm(30);
	for (long i = 0; i < 64; i++)
		created += pthread_create(&threads[i], NULL, work, (void *)i) == 0;
	for (long i = 0; i < 64; i++) {
		void *result;

		if (pthread_join(threads[i], &result) == 0 && (long)result == i + 1 && results[i] == i * i)
			joined++;
	}
	CHECK(created == 64);
	CHECK(joined == 64);
	return check_status();
}
