/* x87, SSE and MXCSR state of each thread survives preemption by others that use it too. */
#include "tests.h"

#include <fenv.h>
#include <pthread.h>
#include <xmmintrin.h>

static void *work(void *arg)
{
	long n = (long)arg;
	double d = n;
	long double x = 1.0L / (n + 3), y = x;
	int modes[] = { FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO };
	int bad = 0;

	fesetround(modes[n % 4]);
	for (int i = 0; i < 300000; i++) {
		d = d * 1.0000001 + n;
		y = y + x - x;
		if (i % 1000 == 0)
			bad += fegetround() != modes[n % 4];
	}
	fesetround(FE_TONEAREST);
	double e = n;
	fesetround(modes[n % 4]);
	for (int i = 0; i < 300000; i++)
		e = e * 1.0000001 + n;
	return (void *)(long)(bad || d != e || (y - x > 1e-15L) || (x - y > 1e-15L));
}

int main(void)
{
	pthread_t t[8];
	long bad = 0;

	alarm(60);
	for (long i = 0; i < 8; i++)
		pthread_create(&t[i], NULL, work, (void *)i);
	for (int i = 0; i < 8; i++) {
		void *result;

		pthread_join(t[i], &result);
		bad += (long)result;
	}
	CHECK(bad == 0);
	return check_status();
}
