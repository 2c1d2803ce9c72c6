/* /proc/self/status shows the sets of capabilities. */
#include "caps.h"

int main(void)
{
	char line[256];
	unsigned long long value;
	struct caps caps;
	int found = 0;
	FILE *file = fopen("/proc/self/status", "r");

	EXPECT(file != NULL && get_caps(&caps) == 0);
	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "CapInh: %llx", &value) == 1)
			EXPECT(value == caps.inheritable), found++;
		else if (sscanf(line, "CapPrm: %llx", &value) == 1)
			EXPECT(value == caps.permitted), found++;
		else if (sscanf(line, "CapEff: %llx", &value) == 1)
			EXPECT(value == caps.effective), found++;
		else if (sscanf(line, "CapAmb: %llx", &value) == 1)
			EXPECT(value == 0), found++;
		else if (sscanf(line, "CapBnd: %llx", &value) == 1)
			EXPECT((value & 1) == (unsigned)prctl(PR_CAPBSET_READ, 0)), found++;
	}
	EXPECT(found == 5);
	return check_status();
}
