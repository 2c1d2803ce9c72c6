/* /proc/sys/kernel/cap_last_cap is the last capability that PR_CAPBSET_READ knows. */
#include "caps.h"

int main(void)
{
	FILE *file = fopen("/proc/sys/kernel/cap_last_cap", "r");
	int last = -1;

	CHECK(file && fscanf(file, "%d", &last) == 1);
	CHECK(last >= CAP_AUDIT_READ && last < 64);
	CHECK(prctl(PR_CAPBSET_READ, last, 0, 0, 0) >= 0);
	CHECK(prctl(PR_CAPBSET_READ, last + 1, 0, 0, 0) == -1 && errno == EINVAL);
	return check_status();
}
