/* FUTEX_CMP_REQUEUE moves waiters to another word, FUTEX_WAKE_BITSET picks by bits, FUTEX_WAIT_REQUEUE_PI ends as owner. */
#include "tests.h"

#include <linux/futex.h>
#include <pthread.h>

static int first, second, waiting, woken, pi_lock;

static long futex(int *uaddr, int op, int val, long val2, int *uaddr2, int val3)
{
	return syscall(SYS_futex, uaddr, op, val, val2, uaddr2, val3);
}

static void *wait_first(void *arg)
{
	__atomic_fetch_add(&waiting, 1, __ATOMIC_SEQ_CST);
	if (futex(&first, FUTEX_WAIT_BITSET_PRIVATE, 0, 0, NULL, (int)(long)arg) == 0)
		__atomic_fetch_add(&woken, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

static void *wait_pi(void *arg)
{
	__atomic_fetch_add(&waiting, 1, __ATOMIC_SEQ_CST);
	if (futex(&first, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 0, 0, &pi_lock, 0) == 0
	    && (pi_lock & FUTEX_TID_MASK) == syscall(SYS_gettid)) {
		__atomic_fetch_add(&woken, 1, __ATOMIC_SEQ_CST);
		futex(&pi_lock, FUTEX_UNLOCK_PI_PRIVATE, 0, 0, NULL, 0);
	}
	return arg;
}

static void start(pthread_t *t, int count, void *(*body)(void *))
{
	waiting = woken = 0;
	for (long i = 0; i < count; i++)
		pthread_create(&t[i], NULL, body, (void *)(1L << i));
	while (__atomic_load_n(&waiting, __ATOMIC_SEQ_CST) < count)
		sched_yield();
	usleep(200000);
}

static int total(int wanted)
{
	for (int i = 0; i < 2000 && __atomic_load_n(&woken, __ATOMIC_SEQ_CST) < wanted; i++)
		usleep(1000);
	return woken;
}

int main(void)
{
	pthread_t t[4];
	long moved = 0;

	alarm(30);
	start(t, 4, wait_first);
	CHECK(futex(&first, FUTEX_WAKE_BITSET_PRIVATE, 4, 0, NULL, 0x10) == 0);
	CHECK(futex(&first, FUTEX_WAKE_BITSET_PRIVATE, 4, 0, NULL, 0x4) == 1);
	CHECK(total(1) == 1);
	CHECK(futex(&first, FUTEX_CMP_REQUEUE_PRIVATE, 1, 1, &second, 0) == 2);
	CHECK(total(2) == 2);
	CHECK(futex(&second, FUTEX_WAKE_PRIVATE, 10, 0, NULL, 0) == 1);
	CHECK(futex(&first, FUTEX_WAKE_PRIVATE, 10, 0, NULL, 0) == 1);
	CHECK(total(4) == 4);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);

	start(t, 3, wait_pi);
	CHECK(futex(&pi_lock, FUTEX_LOCK_PI_PRIVATE, 0, 0, NULL, 0) == 0);
	moved = futex(&first, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, 10, &pi_lock, 0);
	CHECK(moved == 3);
	CHECK(woken == 0);
	CHECK(futex(&pi_lock, FUTEX_UNLOCK_PI_PRIVATE, 0, 0, NULL, 0) == 0);
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	CHECK(woken == 3);
	CHECK((pi_lock & FUTEX_TID_MASK) == 0);
	return check_status();
}
