/* A barrier lets nobody through before all are there, and one thread is told that it was the last. */
#include "tests.h"

#include <pthread.h>

#define THREADS 16
#define ROUNDS 100

static pthread_barrier_t barrier;
static int arrived[ROUNDS], early, serial;

static void *work(void *arg)
{
	for (int i = 0; i < ROUNDS; i++) {
		__atomic_fetch_add(&arrived[i], 1, __ATOMIC_SEQ_CST);
		if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
			__atomic_fetch_add(&serial, 1, __ATOMIC_SEQ_CST);
		if (__atomic_load_n(&arrived[i], __ATOMIC_SEQ_CST) != THREADS)
			__atomic_store_n(&early, 1, __ATOMIC_SEQ_CST);
	}
	return arg;
}

int main(void)
{
	pthread_t t[THREADS];

	alarm(60);
	pthread_barrier_init(&barrier, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&t[i], NULL, work, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	CHECK(!early);
	CHECK(serial == ROUNDS);
	return check_status();
}
