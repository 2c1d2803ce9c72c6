/* Threads that only compute take turns: one waits for another's flag in a loop without any system call. */
#include "tests.h"

#include <pthread.h>

static volatile int turn;

static void *work(void *arg)
{
	int me = (int)(long)arg;

	for (int i = 0; i < 5; i++) {
		while (turn % 4 != me)
			;
		turn++;
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
	CHECK(turn == 20);
	return check_status();
}
