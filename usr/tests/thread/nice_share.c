/* Two threads that both compute, one at nice 19: the other one gets more done, on one processor at least twice as much. */
#include "tests.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>

static atomic_ulong done[2];
static atomic_int stop, ready;

static void *work(void *argument)
{
	int i = *(int *)argument;
	cpu_set_t one;

	CPU_ZERO(&one);
	sched_getaffinity(0, sizeof one, &one);
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &one)) {
			CPU_ZERO(&one);
			CPU_SET(cpu, &one);
			break;
		}
	sched_setaffinity(0, sizeof one, &one);
	if (i == 1)
		setpriority(PRIO_PROCESS, gettid(), 19);
	atomic_fetch_add(&ready, 1);
	while (atomic_load(&ready) < 2)
		sched_yield();
	while (!atomic_load(&stop))
		atomic_fetch_add(&done[i], 1);
	return NULL;
}

int main(void)
{
	pthread_t threads[2];
	int numbers[2] = {0, 1};

	alarm(60);
	for (int i = 0; i < 2; i++)
		CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
	while (atomic_load(&done[0]) < 20000000) /* long enough for a late preemption of the nice one not to count */
		usleep(1000);
	atomic_store(&stop, 1);
	for (int i = 0; i < 2; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	CHECK(done[0] > 2 * done[1]);
	return check_status();
}
