/* The PI operations of futex(2) on a word of one thread. */
#include "tests.h"

#include <linux/futex.h>

static int word, cond;

static long futex(int *uaddr, int op, int val, const void *timeout, int *uaddr2, int val3)
{
	return syscall(SYS_futex, uaddr, op, val, timeout, uaddr2, val3);
}

int main(void)
{
	struct timespec past = { 1, 0 };
	int tid = syscall(SYS_gettid);

	alarm(30);
	CHECK(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0) == 0);
	CHECK(word == tid);
	CHECK(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0) == -1 && errno == EDEADLK);
	CHECK(futex(&word, FUTEX_TRYLOCK_PI, 0, NULL, NULL, 0) == -1 && errno == EDEADLK);
	CHECK(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0) == 0);
	CHECK(word == 0);
	CHECK(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0) == -1 && errno == EPERM);
	CHECK(futex(&word, FUTEX_TRYLOCK_PI, 0, NULL, NULL, 0) == 0);
	CHECK(word == tid);
	word = 0x3ffffff0; /* nobody has this id */
	CHECK(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0) == -1 && errno == ESRCH);
	word = 1;
	CHECK(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0) == -1 && errno == EPERM);
	word = FUTEX_OWNER_DIED;
	CHECK(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0) == 0);
	CHECK((word & FUTEX_TID_MASK) == tid && (word & FUTEX_OWNER_DIED));
	word = 0;
	CHECK(futex(&cond, FUTEX_WAIT_REQUEUE_PI, 1, NULL, &word, 0) == -1 && errno == EAGAIN);
	CHECK(futex(&cond, FUTEX_WAIT_REQUEUE_PI, 0, &past, &word, 0) == -1 && errno == ETIMEDOUT);
	CHECK(futex(&cond, FUTEX_WAIT_REQUEUE_PI, 0, &past, &cond, 0) == -1 && errno == EINVAL);
	CHECK(futex(&cond, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, &word, 1) == -1 && errno == EAGAIN);
	CHECK(futex(&cond, FUTEX_CMP_REQUEUE_PI, 2, (void *)1, &word, 0) == -1 && errno == EINVAL);
	CHECK(futex(&cond, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, &word, 0) == 0);
	return check_status();
}
