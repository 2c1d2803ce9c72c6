/* Readers and writers: writers are alone, readers are not kept from each other. */
#include "tests.h"

#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static long a, b;
static int torn;

static void *reader(void *arg)
{
	for (int i = 0; i < 5000; i++) {
		pthread_rwlock_rdlock(&lock);
		if (a != -b)
			__atomic_store_n(&torn, 1, __ATOMIC_RELAXED);
		pthread_rwlock_unlock(&lock);
	}
	return arg;
}

static void *writer(void *arg)
{
	for (int i = 0; i < 3000; i++) {
		pthread_rwlock_wrlock(&lock);
		a++;
		b--;
		pthread_rwlock_unlock(&lock);
	}
	return arg;
}

int main(void)
{
	pthread_t t[8];

	alarm(60);
	for (int i = 0; i < 8; i++)
		pthread_create(&t[i], NULL, i % 2 ? writer : reader, NULL);
	for (int i = 0; i < 8; i++)
		pthread_join(t[i], NULL);
	CHECK(!torn);
	CHECK(a == 12000);
	CHECK(b == -12000);
	CHECK(pthread_rwlock_tryrdlock(&lock) == 0);
	CHECK(pthread_rwlock_trywrlock(&lock) == EBUSY);
	CHECK(pthread_rwlock_unlock(&lock) == 0);
	return check_status();
}
