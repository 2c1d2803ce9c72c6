/* Threads that come and go: an operation is one thread, ended in one of several ways. */
#include "soak.h"
#include <pthread.h>
#include <semaphore.h>

static sem_t gone;
static pthread_key_t key;
static pthread_mutex_t robust;
static pthread_attr_t detached;

static void destroyed(void *value)
{
	free(value);
}

static void prepare(const char *self)
{
	pthread_mutexattr_t attributes;

	(void)self;
	sem_init(&gone, 0, 0);
	MUST(pthread_key_create(&key, destroyed) == 0);
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&robust, &attributes);
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
}

static void *plain(void *argument)
{
	return argument;
}

static void *with_key(void *argument)
{
	pthread_setspecific(key, malloc(100));
	return argument;
}

static void *waiting(void *argument)
{
	for (;;)
		pause();
	return argument;
}

static void *holding(void *argument)
{
	pthread_mutex_lock(&robust);
	return argument;
}

static void *saying(void *argument)
{
	sem_post(&gone);
	return argument;
}

static void joined(void *(*body)(void *), int is_cancelled)
{
	pthread_t thread;

	MUST(pthread_create(&thread, NULL, body, NULL) == 0);
	if (is_cancelled)
		MUST(pthread_cancel(thread) == 0);
	MUST(pthread_join(thread, NULL) == 0);
}

static void operate(unsigned long i)
{
	pthread_t thread;

	switch (i % 8) {
	case 1:
		joined(with_key, 0);
		break;
	case 3:
		joined(waiting, 1);
		break;
	case 5:
		joined(holding, 0);
		MUST(pthread_mutex_lock(&robust) == EOWNERDEAD);
		pthread_mutex_consistent(&robust);
		pthread_mutex_unlock(&robust);
		break;
	case 7:
		MUST(pthread_create(&thread, &detached, saying, NULL) == 0);
		while (sem_wait(&gone) < 0)
			;
		break;
	default:
		joined(plain, 0);
	}
}
