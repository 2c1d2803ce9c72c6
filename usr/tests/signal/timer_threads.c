/* SIGEV_THREAD through the library, and SIGEV_THREAD_ID straight to one thread. */
#include "tests.h"
#include <pthread.h>
#include <semaphore.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

static sem_t done;
static volatile int got;

static void notify(union sigval value)
{
	got = value.sival_int;
	sem_post(&done);
}

static void *waiter(void *arg)
{
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN + 1 };
	struct itimerspec once = { .it_value = { 0, 3000000 } };
	sigset_t set;
	int sig, id;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN + 1);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	event.sigev_notify_thread_id = syscall(SYS_gettid);
	if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id) || syscall(SYS_timer_settime, id, 0, &once, NULL))
		return NULL;
	sigwait(&set, &sig);
	syscall(SYS_timer_delete, id);
	return sig == SIGRTMIN + 1 ? arg : NULL;
}

int main(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = notify, .sigev_value.sival_int = 9 };
	struct itimerspec once = { .it_value = { 0, 3000000 } };
	timer_t timer;
	pthread_t t;
	void *ok;

	alarm(20);
	sem_init(&done, 0, 0);
	CHECK(timer_create(CLOCK_REALTIME, &event, &timer) == 0);
	CHECK(timer_settime(timer, 0, &once, NULL) == 0);
	while (sem_wait(&done))
		;
	CHECK(got == 9);
	CHECK(timer_delete(timer) == 0);
	pthread_create(&t, NULL, waiter, &ok);
	pthread_join(t, &ok);
	CHECK(ok != NULL);
	event.sigev_notify = SIGEV_THREAD_ID;
	event.sigev_signo = SIGUSR1;
	event.sigev_notify_thread_id = 1;
	CHECK(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &t) == -1 && errno == EINVAL);
	return check_status();
}
