/* CPU time of a thread is its own; the process's is the sum; RUSAGE_THREAD. */
#include "tests.h"

#include <pthread.h>
#include <sys/resource.h>

static long ns(clockid_t clock)
{
	struct timespec t;

	return clock_gettime(clock, &t) ? -1 : t.tv_sec * 1000000000L + t.tv_nsec;
}

static void *burn(void *arg)
{
	struct rusage usage;

	while (ns(CLOCK_THREAD_CPUTIME_ID) < 50000000)
		;
	if (getrusage(RUSAGE_THREAD, &usage) || usage.ru_utime.tv_sec + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec == 0)
		return NULL;
	return arg;
}

int main(void)
{
	clockid_t clock;
	pthread_t t;
	void *ok;
	long before = ns(CLOCK_THREAD_CPUTIME_ID);

	alarm(60);
	CHECK(before >= 0);
	pthread_create(&t, NULL, burn, &ok);
	CHECK(pthread_getcpuclockid(t, &clock) == 0);
	pthread_join(t, &ok);
	CHECK(ok != NULL);
	CHECK(ns(CLOCK_THREAD_CPUTIME_ID) < ns(CLOCK_PROCESS_CPUTIME_ID) - 40000000);
	CHECK(ns(CLOCK_PROCESS_CPUTIME_ID) >= 50000000);
	return check_status();
}
