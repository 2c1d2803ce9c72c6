#include "tests.h"
#include <elf.h>
#include <sys/auxv.h>
#include <sys/prctl.h>

#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#define PR_GET_MDWE 66
#endif
#ifndef PR_GET_AUXV
#define PR_GET_AUXV 0x41555856
#endif

static int thp_of_child(void *unused)
{
	(void)unused;
	return prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0);
}

/* prctl(2): transparent huge pages, machine checks, timing, the time stamp counter, speculation, the auxiliary vector. */
int main(void)
{
	int value = -1;
	Elf64_auxv_t vector[64];
	long length, i, page = 0;

	alarm(20);
	CHECK(prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0) == 0);
	CHECK(prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) == 0 && prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0) == 1);
	CHECK(wait_for(start_child(thp_of_child, NULL)) == 1);
	CHECK(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) == 0 && prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0) == 0);
	CHECK(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 1) == -1 && errno == EINVAL);
	CHECK(prctl(PR_GET_THP_DISABLE, 1, 0, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_MCE_KILL_GET, 0, 0, 0, 0) == PR_MCE_KILL_DEFAULT);
	CHECK(prctl(PR_MCE_KILL, PR_MCE_KILL_SET, PR_MCE_KILL_EARLY, 0, 0) == 0);
	CHECK(prctl(PR_MCE_KILL_GET, 0, 0, 0, 0) == PR_MCE_KILL_EARLY);
	CHECK(prctl(PR_MCE_KILL, PR_MCE_KILL_CLEAR, 0, 0, 0) == 0 && prctl(PR_MCE_KILL_GET, 0, 0, 0, 0) == PR_MCE_KILL_DEFAULT);
	CHECK(prctl(PR_MCE_KILL, 7, 0, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_MCE_KILL, PR_MCE_KILL_SET, 3, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_GET_TIMING) == PR_TIMING_STATISTICAL && prctl(PR_SET_TIMING, PR_TIMING_STATISTICAL) == 0);
	CHECK(prctl(PR_SET_TIMING, PR_TIMING_TIMESTAMP) == -1 && errno == EINVAL);
	CHECK(prctl(PR_GET_TSC, &value) == 0 && value == PR_TSC_ENABLE);
	CHECK(prctl(PR_SET_TSC, PR_TSC_ENABLE) == 0);
	CHECK(prctl(PR_SET_TSC, 5) == -1 && errno == EINVAL);
	CHECK(prctl(PR_GET_SPECULATION_CTRL, 0, 0, 0, 0) >= 0);
	CHECK(prctl(PR_GET_SPECULATION_CTRL, 55, 0, 0, 0) == -1 && errno == ENODEV);
	CHECK(prctl(PR_GET_SPECULATION_CTRL, 0, 1, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_TASK_PERF_EVENTS_DISABLE) == 0 && prctl(PR_TASK_PERF_EVENTS_ENABLE) == 0);
	length = prctl(PR_GET_AUXV, vector, sizeof(vector), 0, 0);
	if (length == -1 && errno == EINVAL)
		return check_status(); /* before Linux 6.4 */
	for (i = 0; i < (long)(length / sizeof(vector[0])) && i < 64; i++)
		if (vector[i].a_type == AT_PAGESZ)
			page = vector[i].a_un.a_val;
	CHECK(page == (long)getauxval(AT_PAGESZ));
	CHECK(prctl(PR_GET_AUXV, vector, sizeof(vector), 1, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_GET_AUXV, (void *)8, 64, 0, 0) == -1 && errno == EFAULT);
	return check_status();
}
