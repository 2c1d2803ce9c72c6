/* futex(2): an operation is one call; most end at once, some sleep and are woken by another thread or process. */
#include "soak.h"
#include <linux/futex.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

static uint32_t word, other;
static uint32_t turn[2]; /* between two threads */
static uint32_t *shared; /* between two processes */
static pthread_mutex_t inheriting;

static long futex(uint32_t *at, int operation, uint32_t value, const void *timeout, uint32_t *second, uint32_t third)
{
	return syscall(SYS_futex, at, operation, value, timeout, second, third);
}

static void await(uint32_t *at, uint32_t value, int private)
{
	while (__atomic_load_n(at, __ATOMIC_ACQUIRE) == value)
		futex(at, FUTEX_WAIT | private, value, NULL, NULL, 0);
}

static void pass(uint32_t *at, int private)
{
	__atomic_add_fetch(at, 1, __ATOMIC_RELEASE);
	futex(at, FUTEX_WAKE | private, 1, NULL, NULL, 0);
}

static void *echo_thread(void *unused)
{
	for (uint32_t seen = 0;; seen++) {
		await(&turn[0], seen, FUTEX_PRIVATE_FLAG);
		pass(&turn[1], FUTEX_PRIVATE_FLAG);
	}
	return unused;
}

static void prepare(const char *self)
{
	pthread_mutexattr_t attributes;
	pthread_t thread;

	(void)self;
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	MUST(shared != MAP_FAILED);
	if (partner_process() == 0) {
		for (uint32_t seen = 0;; seen++) {
			await(&shared[0], seen, 0);
			pass(&shared[1], 0);
		}
	}
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
	pthread_mutex_init(&inheriting, &attributes);
	MUST(pthread_create(&thread, NULL, echo_thread, NULL) == 0);
}

static void ping_pong(uint32_t *words, int private)
{
	uint32_t before = __atomic_load_n(&words[1], __ATOMIC_RELAXED);

	pass(&words[0], private);
	await(&words[1], before, private);
}

static void *with_lock(void *unused)
{
	pthread_mutex_lock(&inheriting);
	pthread_mutex_unlock(&inheriting);
	return unused;
}

/* FUTEX_LOCK_PI with somebody who waits. */
static void inherited(void)
{
	pthread_t thread;

	pthread_mutex_lock(&inheriting);
	MUST(pthread_create(&thread, NULL, with_lock, NULL) == 0);
	pthread_mutex_unlock(&inheriting);
	MUST(pthread_join(thread, NULL) == 0);
}

static void timed_out(uint32_t *at, int private)
{
	struct timespec soon = {0, 1000};

	MUST(futex(at, FUTEX_WAIT | private, *at, &soon, NULL, 0) == -1 && errno == ETIMEDOUT);
}

static void at_once(unsigned long i)
{
	switch (i % 8) {
	case 1:
		MUST(futex(&word, FUTEX_WAIT_PRIVATE, 1, NULL, NULL, 0) == -1 && errno == EAGAIN);
		break;
	case 3:
		MUST(futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)1, &other, 0) == 0);
		break;
	case 5:
		MUST(futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, &other, FUTEX_OP(FUTEX_OP_ADD, 1, FUTEX_OP_CMP_EQ, 0)) == 0);
		break;
	case 7:
		MUST(futex(&shared[8 + i / 8 % 64], FUTEX_WAKE, 1, NULL, NULL, 0) == 0);
		break;
	default:
		MUST(futex(&word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) == 0);
	}
}

static void operate(unsigned long i)
{
	if (i % 20000 == 19999)
		inherited();
	else if (i % 10000 == 4999)
		timed_out(i & 1 ? &word : &shared[16], i & 1 ? FUTEX_PRIVATE_FLAG : 0);
	else if (i % 2000 == 501)
		ping_pong(shared, 0);
	else if (i % 200 == 51)
		ping_pong(turn, FUTEX_PRIVATE_FLAG);
	else
		at_once(i);
}
