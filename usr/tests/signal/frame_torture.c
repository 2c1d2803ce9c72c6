/* A computation interrupted by a timer thousands of times gives the same result: registers, flags and red zone survive. */
#include "tests.h"

static volatile int ticks;

static void handler(int sig)
{
	volatile double d = sig;

	for (int i = 0; i < 10; i++)
		d = d * 1.5 + 1;
	ticks++;
}

static __attribute__((noinline)) unsigned long leaf(unsigned long x)
{
	unsigned long a[8];

	for (int i = 0; i < 8; i++)
		a[i] = x * (i + 1) ^ x >> (i + 3);
	return a[0] + a[1] * 3 + a[2] * 5 + a[3] * 7 + (a[4] ^ a[5]) + (a[6] | a[7]);
}

static unsigned long run(double *d)
{
	unsigned long x = 88172645463325252UL;
	double s = 0;

	for (int i = 0; i < 400000; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		x += leaf(x);
		s = s * 0.999 + (double)(x & 0xffff);
	}
	*d = s;
	return x;
}

int main(void)
{
	struct itimerval often = { { 0, 200 }, { 0, 200 } }, off = { { 0, 0 }, { 0, 0 } };
	double d1, d2;
	unsigned long a = run(&d1), b;

	signal(SIGALRM, handler);
	setitimer(ITIMER_REAL, &often, NULL);
	do
		b = run(&d2);
	while (a == b && d1 == d2 && ticks < 100);
	setitimer(ITIMER_REAL, &off, NULL);
	CHECK(a == b);
	CHECK(d1 == d2);
	CHECK(ticks >= 100);
	return check_status();
}
