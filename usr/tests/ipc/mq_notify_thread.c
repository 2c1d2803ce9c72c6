/* mq_notify with SIGEV_THREAD: a thread runs when a message comes to the empty queue, once; SIGEV_NONE; who is registered. */
#include "tests.h"

#include <mqueue.h>
#include <semaphore.h>

static sem_t told;
static int value;

static void notice(union sigval v)
{
	value = v.sival_int;
	sem_post(&told);
}

int main(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = notice, .sigev_value.sival_int = 77};
	struct sigevent none = {.sigev_notify = SIGEV_NONE}, bad = {.sigev_notify = 55};
	struct mq_attr attr = {.mq_maxmsg = 4, .mq_msgsize = 8};
	char name[64], buffer[8], state[128];
	mqd_t q, again;
	ssize_t n;

	alarm(20);
	sem_init(&told, 0, 0);
	sprintf(name, "/lego-mqt-%d", getpid());
	CHECK((q = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attr)) != -1);
	CHECK(mq_notify(q, &bad) == -1 && errno == EINVAL);
	CHECK(mq_notify(q, &event) == 0);
	CHECK(mq_notify(q, &none) == -1 && errno == EBUSY);
	CHECK(mq_send(q, "one", 3, 0) == 0);
	CHECK(sem_wait(&told) == 0 && value == 77);
	CHECK(mq_receive(q, buffer, 8, NULL) == 3);
	/* it was for one message: this one tells nobody, and the next registration is free */
	CHECK(mq_send(q, "two", 3, 0) == 0 && mq_receive(q, buffer, 8, NULL) == 3);
	value = 0;
	event.sigev_value.sival_int = 78;
	CHECK(mq_notify(q, &event) == 0);
	CHECK(mq_send(q, "three", 5, 0) == 0 && sem_wait(&told) == 0 && value == 78);
	CHECK(mq_receive(q, buffer, 8, NULL) == 5);
	/* taken back */
	CHECK(mq_notify(q, &event) == 0 && mq_notify(q, NULL) == 0 && mq_notify(q, &none) == 0);
	CHECK(mq_notify(q, &event) == -1 && errno == EBUSY);
	/* any close by the one who is registered takes it back too */
	CHECK((again = mq_open(name, O_RDONLY)) != -1 && mq_close(again) == 0);
	CHECK(mq_notify(q, &none) == 0);
	CHECK(mq_send(q, "four", 4, 0) == 0);
	n = read(q, state, sizeof state - 1);
	CHECK(n > 0 && strncmp(state, "QSIZE:4 ", 8) == 0 && strstr(state, "NOTIFY:0 ") != NULL);
	CHECK(sem_trywait(&told) == -1 && errno == EAGAIN);
	CHECK(mq_close(q) == 0 && mq_unlink(name) == 0);
	return check_status();
}
