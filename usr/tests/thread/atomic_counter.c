/* Atomic increments, exchanges and compare-and-swaps of 8 threads are all there at the end: none is lost to another core. */
#include "tests.h"

#include <pthread.h>
#include <stdatomic.h>

#define THREADS 8
#define ROUNDS 100000

static atomic_long added, swapped, tickets;
static atomic_uchar small;

static void *work(void *arg)
{
	(void)arg;
	for (int i = 0; i < ROUNDS; i++) {
		atomic_fetch_add(&added, 3);
		atomic_fetch_add(&small, 1);
		long old = atomic_load(&swapped);
		while (!atomic_compare_exchange_weak(&swapped, &old, old + 1))
			;
		atomic_fetch_xor(&tickets, i);
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];

	alarm(60);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	CHECK(added == 3L * THREADS * ROUNDS);
	CHECK(swapped == (long)THREADS * ROUNDS);
	CHECK(tickets == 0);
	CHECK(small == (unsigned char)(THREADS * ROUNDS));
	return check_status();
}
