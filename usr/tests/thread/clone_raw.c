/* clone(2) by hand: ids are written where the flags say, the cleared id wakes a futex, and bad flags are refused. */
#include "tests.h"

#include <linux/futex.h>

static int parent_tid, child_tid, ran;
static char stack[65536] __attribute__((aligned(16)));

static int body(void *arg)
{
	ran = *(int *)arg + (child_tid == syscall(SYS_gettid));
	syscall(SYS_exit, 0);
	return 0;
}

int main(void)
{
	int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
	int seven = 7, tid;

	alarm(30);
	tid = clone(body, stack + sizeof(stack), flags | CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID,
		    &seven, &parent_tid, NULL, &child_tid);
	CHECK(tid > 0);
	CHECK(parent_tid == tid);
	for (;;) {
		int now = __atomic_load_n(&child_tid, __ATOMIC_SEQ_CST);

		if (now == 0 && __atomic_load_n(&ran, __ATOMIC_SEQ_CST))
			break;
		if (now != 0)
			syscall(SYS_futex, &child_tid, FUTEX_WAIT, now, NULL);
	}
	CHECK(ran == 8);
	CHECK(clone(body, stack + sizeof(stack), CLONE_THREAD, &seven) == -1 && errno == EINVAL);
	CHECK(clone(body, stack + sizeof(stack), CLONE_THREAD | CLONE_SIGHAND, &seven) == -1 && errno == EINVAL);
	CHECK(clone(body, stack + sizeof(stack), CLONE_SIGHAND, &seven) == -1 && errno == EINVAL);
	return check_status();
}
