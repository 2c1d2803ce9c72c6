/* malloc and free in many threads; blocks pass from one to another. */
#include "tests.h"

#include <pthread.h>

#define SLOTS 64

static unsigned char *slots[SLOTS];
static int bad;

static void *work(void *arg)
{
	unsigned seed = 12345 + (unsigned)(long)arg;

	for (int i = 0; i < 3000; i++) {
		seed = seed * 1103515245 + 12345;
		size_t length = 16 + (seed >> 8) % 3000;
		unsigned char *fresh = malloc(length);

		fresh[0] = fresh[length - 1] = fresh[8] = (unsigned char)(length >> 3);
		memcpy(fresh + 1, &length, sizeof(int));
		unsigned char *old = __atomic_exchange_n(&slots[(seed >> 20) % SLOTS], fresh, __ATOMIC_ACQ_REL);
		if (old) {
			unsigned n;

			memcpy(&n, old + 1, sizeof(n));
			if (old[n - 1] != (unsigned char)(n >> 3) || old[0] != (unsigned char)(n >> 3))
				bad = 1;
			free(old);
		}
	}
	return NULL;
}

int main(void)
{
	pthread_t t[8];

	alarm(60);
	for (long i = 0; i < 8; i++)
		pthread_create(&t[i], NULL, work, (void *)i);
	for (int i = 0; i < 8; i++)
		pthread_join(t[i], NULL);
	CHECK(!bad);
	return check_status();
}
