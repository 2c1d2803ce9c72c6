/* Names of threads: prctl(2) of oneself, /proc/self/task/TID/comm of others. */
#include "tests.h"

#include <pthread.h>
#include <sys/prctl.h>

static void *work(void *arg)
{
	char name[16];

	prctl(PR_SET_NAME, "a-worker");
	prctl(PR_GET_NAME, name);
	pthread_barrier_wait(arg);
	pthread_barrier_wait(arg);
	return (void *)(long)strcmp(name, "a-worker");
}

int main(void)
{
	pthread_barrier_t b;
	pthread_t t;
	char name[16];
	void *result;

	alarm(30);
	pthread_barrier_init(&b, NULL, 2);
	prctl(PR_SET_NAME, "the-first-thread-has-a-long-name");
	prctl(PR_GET_NAME, name);
	CHECK(strcmp(name, "the-first-threa") == 0);
	pthread_create(&t, NULL, work, &b);
	pthread_barrier_wait(&b);
	CHECK(pthread_getname_np(t, name, sizeof(name)) == 0);
	CHECK(strcmp(name, "a-worker") == 0);
	CHECK(pthread_setname_np(t, "renamed") == 0);
	CHECK(pthread_getname_np(t, name, sizeof(name)) == 0);
	CHECK(strcmp(name, "renamed") == 0);
	CHECK(pthread_getname_np(pthread_self(), name, sizeof(name)) == 0);
	CHECK(strcmp(name, "the-first-threa") == 0);
	pthread_barrier_wait(&b);
	pthread_join(t, &result);
	CHECK(result == NULL);
	return check_status();
}
