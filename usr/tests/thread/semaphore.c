/* POSIX semaphores: counts, sem_trywait, sem_timedwait. */
#include "tests.h"

#include <pthread.h>
#include <semaphore.h>

static sem_t full, empty;
static int slot, sum;

static void *produce(void *arg)
{
	for (int i = 1; i <= 3000; i++) {
		sem_wait(&empty);
		slot = i;
		sem_post(&full);
	}
	return arg;
}

int main(void)
{
	struct timespec until;
	pthread_t t;

	alarm(30);
	sem_init(&full, 0, 0);
	sem_init(&empty, 0, 1);
	CHECK(sem_trywait(&full) == -1 && errno == EAGAIN);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += 5000000;
	if (until.tv_nsec >= 1000000000)
		until.tv_sec++, until.tv_nsec -= 1000000000;
	CHECK(sem_timedwait(&full, &until) == -1 && errno == ETIMEDOUT);
	pthread_create(&t, NULL, produce, NULL);
	for (int i = 1; i <= 3000; i++) {
		sem_wait(&full);
		sum += slot;
		sem_post(&empty);
	}
	pthread_join(t, NULL);
	CHECK(sum == 3000 * 3001 / 2);
	return check_status();
}
