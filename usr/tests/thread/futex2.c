/* futex_wait, futex_wake, futex_requeue: futex(2) taken apart, with flags for the size and private words. */
#include "tests.h"
#include <pthread.h>
#include <stdint.h>

#define NR_WAKE 454
#define NR_WAIT 455
#define NR_REQUEUE 456
#define U32 2
#define PRIVATE 128
#define ANY 0xffffffffUL

struct waitv {
	uint64_t value, address;
	uint32_t flags, reserved;
};

static uint32_t word, other;
static int asleep;

static void *sleeper(void *unused)
{
	(void)unused;
	__atomic_add_fetch(&asleep, 1, __ATOMIC_SEQ_CST);
	return (void *)syscall(NR_WAIT, &word, 0UL, ANY, U32 | PRIVATE, NULL, CLOCK_MONOTONIC);
}

int main(void)
{
	struct timespec now, past = {1, 0};
	struct waitv pair[2] = {{0, (uintptr_t)&word, U32 | PRIVATE, 0}, {0, (uintptr_t)&other, U32 | PRIVATE, 0}};
	pthread_t threads[2];
	void *result;
	int i, moved = 0, woken = 0;

	alarm(20);
	if (syscall(NR_WAKE, &word, ANY, 1, U32 | PRIVATE) != 0 && errno == ENOSYS)
		return check_status(); /* before Linux 6.7 */
	CHECK(syscall(NR_WAIT, &word, 1UL, ANY, U32 | PRIVATE, NULL, CLOCK_MONOTONIC) == -1 && errno == EAGAIN);
	CHECK(syscall(NR_WAIT, &word, 0UL, 0UL, U32 | PRIVATE, NULL, CLOCK_MONOTONIC) == -1 && errno == EINVAL);
	CHECK(syscall(NR_WAIT, &word, 0UL, ANY, PRIVATE, NULL, CLOCK_MONOTONIC) == -1 && errno == EINVAL);
	CHECK(syscall(NR_WAIT, &word, 1UL << 32, ANY, U32, NULL, CLOCK_MONOTONIC) == -1 && errno == EINVAL);
	CHECK(syscall(NR_WAIT, &word, 0UL, ANY, U32, &past, CLOCK_MONOTONIC) == -1 && errno == ETIMEDOUT);
	CHECK(syscall(NR_WAIT, &word, 0UL, ANY, U32, &past, CLOCK_BOOTTIME) == -1 && errno == EINVAL);
	clock_gettime(CLOCK_REALTIME, &now);
	CHECK(syscall(NR_WAIT, &word, 0UL, ANY, U32, &now, CLOCK_REALTIME) == -1 && errno == ETIMEDOUT);
	CHECK(syscall(NR_WAIT, (char *)&word + 1, 0UL, ANY, U32, NULL, CLOCK_REALTIME) == -1 && errno == EINVAL);
	CHECK(syscall(NR_WAKE, &word, ANY, 1, 0x400) == -1 && errno == EINVAL);
	for (i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, sleeper, NULL);
	while (__atomic_load_n(&asleep, __ATOMIC_SEQ_CST) < 2)
		sched_yield();
	/* both go over to the other word, as soon as they sleep */
	while (moved < 2)
		moved += syscall(NR_REQUEUE, pair, 0, 0, 2);
	CHECK(syscall(NR_WAKE, &word, ANY, 2, U32 | PRIVATE) == 0);
	while (woken < 2)
		woken += syscall(NR_WAKE, &other, ANY, 1, U32 | PRIVATE);
	for (i = 0; i < 2; i++)
		CHECK(pthread_join(threads[i], &result) == 0 && result == NULL);
	word = 5;
	CHECK(syscall(NR_REQUEUE, pair, 0, 1, 1) == -1 && errno == EAGAIN);
	CHECK(syscall(NR_REQUEUE, pair, 1, 1, 1) == -1 && errno == EINVAL);
	pair[1].flags = U32;
	CHECK(syscall(NR_REQUEUE, pair, 0, 1, 1) == -1 && errno == EINVAL);
	return check_status();
}
