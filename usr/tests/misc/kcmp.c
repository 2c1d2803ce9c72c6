/* kcmp: which kernel objects two processes share; the order of different ones is an order. */
#include "tests.h"

#include <linux/kcmp.h>

static int compare(pid_t a, pid_t b, int type, unsigned long x, unsigned long y)
{
	return syscall(SYS_kcmp, a, b, type, x, y);
}

static int waits(void *argument)
{
	char c;

	return read(*(int *)argument, &c, 1) != 0;
}

int main(void)
{
	int ends[2], twin, one, other;
	pid_t me = getpid(), child;

	alarm(20);
	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	twin = dup(ends[0]);
	CHECK(compare(me, me, KCMP_FILE, ends[0], twin) == 0);
	one = compare(me, me, KCMP_FILE, ends[0], ends[1]);
	other = compare(me, me, KCMP_FILE, ends[1], ends[0]);
	CHECK((one == 1 && other == 2) || (one == 2 && other == 1));
	CHECK(compare(me, me, KCMP_FILE, 999, 0) == -1 && errno == EBADF);
	CHECK(compare(me, me, 99, 0, 0) == -1 && errno == EINVAL);
	CHECK(compare(me, 0x3fffffff, KCMP_VM, 0, 0) == -1 && errno == ESRCH);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		close(ends[1]);
		_exit(waits(&ends[0]));
	}
	CHECK(compare(me, child, KCMP_FILE, ends[0], ends[0]) == 0);
	CHECK(compare(me, child, KCMP_VM, 0, 0) > 0);
	CHECK(compare(me, child, KCMP_FILES, 0, 0) > 0);
	CHECK(compare(me, child, KCMP_FS, 0, 0) > 0);
	CHECK(compare(me, child, KCMP_SIGHAND, 0, 0) > 0);
	CHECK(compare(me, me, KCMP_VM, 0, 0) == 0 && compare(me, me, KCMP_FILES, 0, 0) == 0);
	close(ends[1]);
	CHECK(wait_for(child) == 0);
	return check_status();
}
