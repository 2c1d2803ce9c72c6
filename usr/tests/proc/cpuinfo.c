/* /proc/cpuinfo has a block for each online processor. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/proc/cpuinfo");
	int blocks = 0;

	for (char *at = text; (at = strstr(at, "processor\t:")) != NULL; at++)
		blocks++;
	CHECK(blocks == sysconf(_SC_NPROCESSORS_ONLN));
	CHECK(strstr(text, "vendor_id") != NULL && strstr(text, "flags") != NULL && strstr(text, "sse2") != NULL);
	return check_status();
}
