/* The first thread may end before the others; the process goes on and ends with the last one. */
#include "tests.h"

#include <pthread.h>

static pthread_t leader;

static void *work(void *arg)
{
	CHECK(pthread_join(leader, NULL) == 0);
	CHECK(getpid() != syscall(SYS_gettid));
	printf("after the leader\n");
	exit(check_status());
	return arg;
}

int main(void)
{
	pthread_t t;

	alarm(30);
	leader = pthread_self();
	CHECK(pthread_create(&t, NULL, work, NULL) == 0);
	pthread_exit(NULL);
}
