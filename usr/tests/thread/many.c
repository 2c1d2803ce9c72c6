/* A thousand threads exist at once, then end. */
#include "tests.h"

#include <pthread.h>

#define COUNT 1000

static pthread_barrier_t all;
static int ran;

static void *work(void *arg)
{
	(void)arg;
	__atomic_fetch_add(&ran, 1, __ATOMIC_RELAXED);
	pthread_barrier_wait(&all);
	return NULL;
}

int main(void)
{
	static pthread_t threads[COUNT];
	pthread_attr_t attr;
	int created = 0;

	alarm(60);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 65536);
	pthread_barrier_init(&all, NULL, COUNT + 1);
	for (int i = 0; i < COUNT; i++)
		created += pthread_create(&threads[i], &attr, work, NULL) == 0;
	CHECK(created == COUNT);
	if (created != COUNT)
		return check_status();
	pthread_barrier_wait(&all);
	for (int i = 0; i < COUNT; i++)
		pthread_join(threads[i], NULL);
	CHECK(ran == COUNT);
	return check_status();
}
