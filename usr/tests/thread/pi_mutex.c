/* Priority-inheritance mutexes under contention, with trylock, timedlock, and the errors of error-checking ones. */
#include "tests.h"

#include <pthread.h>

static pthread_mutex_t lock;
static long count;

static void *work(void *arg)
{
	for (int i = 0; i < 2000; i++) {
		pthread_mutex_lock(&lock);
		long seen = count;
		if (i % 64 == 0)
			sched_yield();
		count = seen + 1;
		pthread_mutex_unlock(&lock);
	}
	return arg;
}

static void *timed(void *arg)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += 3000000;
	if (until.tv_nsec >= 1000000000)
		until.tv_sec++, until.tv_nsec -= 1000000000;
	(void)arg;
	return (void *)(long)(pthread_mutex_trylock(&lock) * 1000 + pthread_mutex_timedlock(&lock, &until));
}

int main(void)
{
	pthread_mutexattr_t attr;
	pthread_t t[6];
	void *result;

	alarm(60);
	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
	CHECK(pthread_mutex_init(&lock, &attr) == 0);
	for (int i = 0; i < 6; i++)
		pthread_create(&t[i], NULL, work, NULL);
	for (int i = 0; i < 6; i++)
		pthread_join(t[i], NULL);
	CHECK(count == 12000);
	CHECK(pthread_mutex_lock(&lock) == 0);
	CHECK(pthread_mutex_lock(&lock) == EDEADLK);
	pthread_create(&t[0], NULL, timed, NULL);
	pthread_join(t[0], &result);
	CHECK((long)result == EBUSY * 1000 + ETIMEDOUT);
	CHECK(pthread_mutex_unlock(&lock) == 0);
	CHECK(pthread_mutex_unlock(&lock) == EPERM);
	return check_status();
}
