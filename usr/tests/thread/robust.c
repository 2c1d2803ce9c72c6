/* A robust mutex whose owner ended: the next one gets it with EOWNERDEAD and makes it consistent. */
#include "tests.h"

#include <pthread.h>

static pthread_mutex_t lock;
static volatile int held;

static void *die_with_it(void *arg)
{
	pthread_mutex_lock(&lock);
	return arg;
}

static void *die_while_others_wait(void *arg)
{
	pthread_mutex_lock(&lock);
	held = 1;
	usleep(50000);
	return arg;
}

static void robust_of(int protocol)
{
	pthread_mutexattr_t attr;
	pthread_t t;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setprotocol(&attr, protocol);
	CHECK(pthread_mutex_init(&lock, &attr) == 0);
	pthread_create(&t, NULL, die_with_it, NULL);
	pthread_join(t, NULL);
	CHECK(pthread_mutex_lock(&lock) == EOWNERDEAD);
	CHECK(pthread_mutex_consistent(&lock) == 0);
	CHECK(pthread_mutex_unlock(&lock) == 0);
	CHECK(pthread_mutex_lock(&lock) == 0);
	CHECK(pthread_mutex_unlock(&lock) == 0);
	held = 0;
	pthread_create(&t, NULL, die_while_others_wait, NULL);
	while (!held)
		usleep(1000);
	CHECK(pthread_mutex_lock(&lock) == EOWNERDEAD);
	CHECK(pthread_mutex_unlock(&lock) == 0);
	CHECK(pthread_mutex_lock(&lock) == ENOTRECOVERABLE);
	pthread_join(t, NULL);
}

int main(void)
{
	alarm(30);
	robust_of(PTHREAD_PRIO_NONE);
	robust_of(PTHREAD_PRIO_INHERIT);
	return check_status();
}
