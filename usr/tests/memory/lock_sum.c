/* RLIMIT_MEMLOCK bounds what all mlock calls have locked together; munlock, munmap and exec-less fork give or hold nothing back. */
#include "tests.h"

#include <sys/resource.h>

static long locked_kb(void)
{
	char line[256];
	long kb = -1;
	FILE *f = fopen("/proc/self/status", "r");

	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (sscanf(line, "VmLck: %ld", &kb) == 1)
			break;
	if (f != NULL)
		fclose(f);
	return kb;
}

static int child(void *unused)
{
	(void)unused;
	return locked_kb() == 0 ? 0 : 1;
}

static int bounded(void *unused)
{
	struct rlimit limit = {32 << 10, 32 << 10};
	char *a;

	(void)unused;
	if (setrlimit(RLIMIT_MEMLOCK, &limit) != 0 || (geteuid() == 0 && setuid(65534) != 0))
		return 90;
	a = mmap(NULL, 64 << 10, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mlock(a, 20 << 10) != 0 || mlock(a + (20 << 10), 12 << 10) != 0)
		return 1;
	if (mlock(a + (32 << 10), 4096) != -1 || errno != ENOMEM)
		return 2;
	if (mlock(a, 32 << 10) != 0) /* what is locked is not counted twice */
		return 3;
	if (munlock(a, 8 << 10) != 0 || mlock(a + (40 << 10), 8 << 10) != 0)
		return 4;
	if (mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) != MAP_FAILED || errno != EAGAIN)
		return 5;
	if (munmap(a, 64 << 10) != 0)
		return 6;
	a = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);
	if (a == MAP_FAILED)
		return 7;
	limit.rlim_cur = 0;
	if (setrlimit(RLIMIT_MEMLOCK, &limit) != 0 || mlock(a, 4096) != -1 || errno != EPERM)
		return 8;
	return munlock(a, 4096) == 0 ? 0 : 9;
}

int main(void)
{
	char *a = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(locked_kb() == 0);
	CHECK(mlock(a + 100, 4096) == 0 && locked_kb() == 8); /* two pages */
	CHECK(madvise(a, 4096, MADV_DONTNEED) == -1 && errno == EINVAL);
	CHECK(madvise(a + 4 * 4096, 4096, MADV_DONTNEED) == 0);
	CHECK(msync(a, 4096, MS_INVALIDATE) == -1 && errno == EBUSY);
	CHECK(mlock2(a + 2 * 4096, 4096, MLOCK_ONFAULT) == 0 && locked_kb() == 12);
	CHECK(mlock2(a, 4096, 2) == -1 && errno == EINVAL);
	CHECK(wait_for(start_child(child, NULL)) == 0);
	CHECK(munlock(a + 4096, 4096) == 0 && locked_kb() == 8);
	CHECK(munmap(a + 2 * 4096, 4096) == 0 && locked_kb() == 4);
	CHECK(mlock(a, 8 * 4096) == -1 && errno == ENOMEM); /* there is a hole, but what is before it is locked */
	CHECK(locked_kb() == 8);
	CHECK(munlockall() == 0 && locked_kb() == 0);
	CHECK(mlockall(0) == -1 && errno == EINVAL && mlockall(MCL_ONFAULT) == -1 && errno == EINVAL);
	CHECK(wait_for(start_child(bounded, NULL)) == 0);
	return check_status();
}
