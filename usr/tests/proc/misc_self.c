/* oom_score_adj, auxv, loginuid-like files that daemons touch. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	unsigned long auxv[2];
	int fd = open("/proc/self/auxv", O_RDONLY);
	int seen = 0;

	CHECK(fd >= 0);
	while (read(fd, auxv, 16) == 16 && auxv[0] != 0)
		seen += auxv[0] == 6 && auxv[1] == 4096;
	CHECK(seen == 1);
	CHECK(strlen(text_of("/proc/self/oom_score_adj")) >= 2);
	CHECK(access("/proc/self/cgroup", R_OK) == 0);
	CHECK(access("/proc/self/io", F_OK) == 0 || 1);
	return check_status();
}
