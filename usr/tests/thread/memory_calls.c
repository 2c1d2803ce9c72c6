/* mmap, munmap and mprotect by several threads at once, while others touch memory. */
#include "tests.h"

#include <pthread.h>

static int bad;

static void *work(void *arg)
{
	long n = (long)arg;

	for (int i = 0; i < 200; i++) {
		size_t length = 4096UL * (1 + (i + n) % 8);
		unsigned char *p = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (p == MAP_FAILED) {
			bad = 1;
			break;
		}
		for (size_t at = 0; at < length; at += 4096) {
			if (p[at] != 0)
				bad = 1;
			p[at] = (unsigned char)(n + 1);
		}
		if (i % 3 == 0 && mprotect(p, length, PROT_READ))
			bad = 1;
		for (size_t at = 0; at < length; at += 4096)
			if (p[at] != n + 1)
				bad = 1;
		if (munmap(p, length))
			bad = 1;
	}
	return NULL;
}

int main(void)
{
	pthread_t t[4];

	alarm(60);
	for (long i = 0; i < 4; i++)
		pthread_create(&t[i], NULL, work, (void *)i);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	CHECK(!bad);
	return check_status();
}
