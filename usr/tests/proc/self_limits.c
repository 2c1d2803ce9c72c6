/* /proc/self/limits names the limits that getrlimit gives. */
#include "text.h"

#include <sys/resource.h>


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/proc/self/limits");
	struct rlimit limit;

	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	CHECK(strncmp(text, "Limit", 5) == 0);
	CHECK(strstr(text, "Max stack size") != NULL && strstr(text, "Max cpu time") != NULL);
	char *line = strstr(text, "Max open files");
	CHECK(line != NULL && strtoul(line + 14, NULL, 10) == limit.rlim_cur);
	return check_status();
}
