#include "tests.h"
#include <sys/sysinfo.h>

/* sysinfo(2): more than nothing of everything; free is not more than total. */
int main(void)
{
	struct sysinfo info;

	CHECK(sysinfo(&info) == 0);
	CHECK(info.uptime >= 0 && info.totalram > 0 && info.freeram <= info.totalram && info.procs > 0 && info.mem_unit > 0);
	CHECK(syscall(SYS_sysinfo, nowhere) == -1 && errno == EFAULT);
	return check_status();
}
