/* A futex wait and a signal: EINTR with a time-out, restarted with SA_RESTART when it has none. */
#include "tests.h"

#include <linux/futex.h>
#include <pthread.h>

static int word, ready;
static volatile int handled;
static pthread_t main_thread;

static void handler(int sig)
{
	handled += sig == SIGUSR1;
}

static void *sender(void *arg)
{
	while (!__atomic_load_n(&ready, __ATOMIC_SEQ_CST))
		sched_yield();
	usleep(100000);
	pthread_kill(main_thread, SIGUSR1);
	if (arg != NULL) {
		while (!__atomic_load_n(&handled, __ATOMIC_SEQ_CST))
			usleep(1000);
		usleep(10000);
		__atomic_store_n(&word, 1, __ATOMIC_SEQ_CST);
		while (syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1) == 0)
			usleep(1000);
	}
	return NULL;
}

static void run(int flags, int wakes)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	pthread_t t;

	word = ready = handled = 0;
	sigaction(SIGUSR1, &action, NULL);
	pthread_create(&t, NULL, sender, wakes ? &word : NULL);
	__atomic_store_n(&ready, 1, __ATOMIC_SEQ_CST);
}

int main(void)
{
	struct timespec far = { 20, 0 };

	alarm(30);
	main_thread = pthread_self();
	run(0, 0);
	CHECK(syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, NULL) == -1 && errno == EINTR);
	CHECK(handled == 1);
	run(SA_RESTART, 0);
	CHECK(syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, &far) == -1 && errno == EINTR);
	CHECK(handled == 1);
	run(SA_RESTART, 1);
	CHECK(syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, NULL) == 0);
	CHECK(handled == 1);
	return check_status();
}
