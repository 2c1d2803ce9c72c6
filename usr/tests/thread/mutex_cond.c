/* A bounded queue under a mutex and two condition variables: every item arrives once. */
#include "tests.h"

#include <pthread.h>

#define PRODUCERS 4
#define CONSUMERS 4
#define ITEMS 5000
#define ROOM 8

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER, not_full = PTHREAD_COND_INITIALIZER;
static int queue[ROOM], head, count, taken;
static long sum;

static void *produce(void *arg)
{
	int base = (int)(long)arg * ITEMS;

	for (int i = 1; i <= ITEMS; i++) {
		pthread_mutex_lock(&lock);
		while (count == ROOM)
			pthread_cond_wait(&not_full, &lock);
		queue[(head + count++) % ROOM] = base + i;
		pthread_cond_signal(&not_empty);
		pthread_mutex_unlock(&lock);
	}
	return NULL;
}

static void *consume(void *arg)
{
	(void)arg;
	for (;;) {
		pthread_mutex_lock(&lock);
		while (count == 0 && taken < PRODUCERS * ITEMS)
			pthread_cond_wait(&not_empty, &lock);
		if (count == 0) {
			pthread_mutex_unlock(&lock);
			return NULL;
		}
		sum += queue[head];
		head = (head + 1) % ROOM;
		count--;
		if (++taken == PRODUCERS * ITEMS)
			pthread_cond_broadcast(&not_empty);
		pthread_cond_signal(&not_full);
		pthread_mutex_unlock(&lock);
	}
}

int main(void)
{
	pthread_t p[PRODUCERS], c[CONSUMERS];
	long n = (long)PRODUCERS * ITEMS;

	alarm(60);
	for (long i = 0; i < PRODUCERS; i++)
		pthread_create(&p[i], NULL, produce, (void *)i);
	for (long i = 0; i < CONSUMERS; i++)
		pthread_create(&c[i], NULL, consume, NULL);
	for (int i = 0; i < PRODUCERS; i++)
		pthread_join(p[i], NULL);
	for (int i = 0; i < CONSUMERS; i++)
		pthread_join(c[i], NULL);
	CHECK(taken == n);
	CHECK(sum == n * (n + 1) / 2);
	return check_status();
}
