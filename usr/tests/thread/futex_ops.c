/* futex(2) without anybody waiting: results and errors of each operation. */
#include "tests.h"

#include <linux/futex.h>

static int word, other;

static long futex(int *uaddr, int op, int val, const void *timeout, int *uaddr2, int val3)
{
	return syscall(SYS_futex, uaddr, op, val, timeout, uaddr2, val3);
}

int main(void)
{
	struct timespec brief = { 0, 2000000 }, bad = { 0, 1000000000 }, past = { 1, 0 };

	alarm(30);
	word = 5;
	CHECK(futex(&word, FUTEX_WAIT, 4, NULL, NULL, 0) == -1 && errno == EAGAIN);
	CHECK(futex(&word, FUTEX_WAIT, 5, &brief, NULL, 0) == -1 && errno == ETIMEDOUT);
	CHECK(futex(&word, FUTEX_WAIT_PRIVATE, 5, &brief, NULL, 0) == -1 && errno == ETIMEDOUT);
	CHECK(futex(&word, FUTEX_WAIT, 5, &bad, NULL, 0) == -1 && errno == EINVAL);
	CHECK(futex(&word, FUTEX_WAIT, 5, (void *)8, NULL, 0) == -1 && errno == EFAULT);
	CHECK(futex((int *)((char *)&word + 1), FUTEX_WAIT, 5, NULL, NULL, 0) == -1 && errno == EINVAL);
	CHECK(futex((int *)8, FUTEX_WAIT, 5, NULL, NULL, 0) == -1 && errno == EFAULT);
	CHECK(futex((int *)8, FUTEX_WAKE, 1, NULL, NULL, 0) == -1 && errno == EFAULT);
	CHECK(futex(&word, FUTEX_WAKE, 1, NULL, NULL, 0) == 0);
	CHECK(futex(&word, FUTEX_WAIT_BITSET, 5, NULL, NULL, 0) == -1 && errno == EINVAL);
	CHECK(futex(&word, FUTEX_WAKE_BITSET, 5, NULL, NULL, 0) == -1 && errno == EINVAL);
	CHECK(futex(&word, FUTEX_WAIT_BITSET, 5, &past, NULL, 1) == -1 && errno == ETIMEDOUT);
	CHECK(futex(&word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 5, &past, NULL, 1) == -1 && errno == ETIMEDOUT);
	CHECK(futex(&word, FUTEX_REQUEUE, 1, (void *)1, &other, 0) == 0);
	CHECK(futex(&word, FUTEX_CMP_REQUEUE, 1, (void *)1, &other, 4) == -1 && errno == EAGAIN);
	CHECK(futex(&word, FUTEX_CMP_REQUEUE, 1, (void *)1, &other, 5) == 0);
	CHECK(futex(&word, FUTEX_CMP_REQUEUE, -1, (void *)1, &other, 5) == -1 && errno == EINVAL);
	CHECK(futex(&word, FUTEX_WAKE_OP, 1, (void *)1, &other, FUTEX_OP(FUTEX_OP_SET, 7, FUTEX_OP_CMP_EQ, 0)) == 0);
	CHECK(other == 7);
	CHECK(futex(&word, FUTEX_WAKE_OP, 1, (void *)1, &other, FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_EQ, 0)) == 0);
	CHECK(other == 10);
	CHECK(futex(&word, FUTEX_WAKE_OP, 1, (void *)1, &other, FUTEX_OP(FUTEX_OP_OR, 5, FUTEX_OP_CMP_EQ, 0)) == 0);
	CHECK(other == 15);
	CHECK(futex(&word, FUTEX_WAKE_OP, 1, (void *)1, &other, FUTEX_OP(FUTEX_OP_ANDN, 3, FUTEX_OP_CMP_EQ, 0)) == 0);
	CHECK(other == 12);
	CHECK(futex(&word, FUTEX_WAKE_OP, 1, (void *)1, &other, FUTEX_OP(FUTEX_OP_XOR, 4, FUTEX_OP_CMP_EQ, 0)) == 0);
	CHECK(other == 8);
	CHECK(futex(&word, FUTEX_WAKE_OP, 1, (void *)1, &other,
		    FUTEX_OP((FUTEX_OP_SET | FUTEX_OP_OPARG_SHIFT), 4, FUTEX_OP_CMP_EQ, 0)) == 0);
	CHECK(other == 16);
	CHECK(futex(&word, 77, 1, NULL, NULL, 0) == -1 && errno == ENOSYS);
	return check_status();
}
