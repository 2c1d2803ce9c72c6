/* pthread_once, thread-specific data with destructors, detached threads. */
#include "tests.h"

#include <pthread.h>
#include <semaphore.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int inits, destroyed;
static sem_t gone;

static void init(void)
{
	usleep(1000);
	inits++;
}

static void destroy(void *value)
{
	__atomic_fetch_add(&destroyed, (int)(long)value, __ATOMIC_SEQ_CST);
	sem_post(&gone);
}

static void *work(void *arg)
{
	pthread_once(&once, init);
	pthread_setspecific(key, arg);
	return NULL;
}

int main(void)
{
	pthread_t t;

	alarm(30);
	sem_init(&gone, 0, 0);
	pthread_key_create(&key, destroy);
	for (long i = 1; i <= 10; i++) {
		pthread_create(&t, NULL, work, (void *)i);
		pthread_detach(t);
	}
	for (int i = 0; i < 10; i++)
		sem_wait(&gone);
	CHECK(inits == 1);
	CHECK(destroyed == 55);
	CHECK(pthread_getspecific(key) == NULL);
	return check_status();
}
