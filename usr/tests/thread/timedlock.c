/* Time-outs of pthread_mutex_timedlock and pthread_cond_timedwait on both clocks. */
#include "tests.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct timespec soon(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	t.tv_nsec += 10000000;
	if (t.tv_nsec >= 1000000000)
		t.tv_sec++, t.tv_nsec -= 1000000000;
	return t;
}

static int is_past(clockid_t clock, const struct timespec *when)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec > when->tv_sec || (now.tv_sec == when->tv_sec && now.tv_nsec >= when->tv_nsec);
}

static void *try(void *arg)
{
	struct timespec until = soon(CLOCK_REALTIME);

	(void)arg;
	return (void *)(long)(pthread_mutex_timedlock(&lock, &until) == ETIMEDOUT && is_past(CLOCK_REALTIME, &until));
}

int main(void)
{
	pthread_condattr_t attr;
	pthread_cond_t real = PTHREAD_COND_INITIALIZER, mono;
	struct timespec until;
	pthread_t t;
	void *ok;

	alarm(30);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&mono, &attr);
	pthread_mutex_lock(&lock);
	pthread_create(&t, NULL, try, NULL);
	pthread_join(t, &ok);
	CHECK(ok != NULL);
	until = soon(CLOCK_REALTIME);
	CHECK(pthread_cond_timedwait(&real, &lock, &until) == ETIMEDOUT);
	CHECK(is_past(CLOCK_REALTIME, &until));
	until = soon(CLOCK_MONOTONIC);
	CHECK(pthread_cond_timedwait(&mono, &lock, &until) == ETIMEDOUT);
	CHECK(is_past(CLOCK_MONOTONIC, &until));
	return check_status();
}
