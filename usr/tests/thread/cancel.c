/* pthread_cancel: in a blocking call, deferred until a cancellation point, asynchronously, and with clean-up handlers. */
#include "tests.h"

#include <pthread.h>
#include <semaphore.h>

static sem_t ready;
static int cleaned, pipes[2];

static void cleanup(void *arg)
{
	cleaned += (int)(long)arg;
}

static void *blocked(void *arg)
{
	char c;

	pthread_cleanup_push(cleanup, (void *)1);
	sem_post(&ready);
	if (read(pipes[0], &c, 1) < 0)
		cleaned += 1000;
	pthread_cleanup_pop(0);
	return arg;
}

static void *spinning(void *arg)
{
	int old;

	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
	pthread_cleanup_push(cleanup, (void *)10);
	sem_post(&ready);
	for (volatile unsigned long i = 0;; i++)
		;
	pthread_cleanup_pop(0);
	return arg;
}

static void *disabled(void *arg)
{
	int old;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	sem_post(&ready);
	usleep(20000);
	pthread_cleanup_push(cleanup, (void *)100);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
	pthread_testcancel();
	pthread_cleanup_pop(0);
	return arg;
}

static int cancelled(void *(*body)(void *))
{
	pthread_t t;
	void *result;

	pthread_create(&t, NULL, body, NULL);
	sem_wait(&ready);
	usleep(5000);
	CHECK(pthread_cancel(t) == 0);
	pthread_join(t, &result);
	return result == PTHREAD_CANCELED;
}

int main(void)
{
	alarm(30);
	CHECK(pipe(pipes) == 0);
	sem_init(&ready, 0, 0);
	CHECK(cancelled(blocked));
	CHECK(cleaned == 1);
	CHECK(cancelled(spinning));
	CHECK(cleaned == 11);
	CHECK(cancelled(disabled));
	CHECK(cleaned == 111);
	return check_status();
}
