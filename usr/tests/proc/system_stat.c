/* /proc/stat, uptime and loadavg. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	double up, idle, load;
	int running, all;

	CHECK(strncmp(text_of("/proc/stat"), "cpu ", 4) == 0);
	CHECK(strstr(text_of("/proc/stat"), "\nbtime ") != NULL && strstr(text_of("/proc/stat"), "\ncpu0 ") != NULL);
	CHECK(sscanf(text_of("/proc/uptime"), "%lf %lf", &up, &idle) == 2 && up > 0);
	CHECK(sscanf(text_of("/proc/loadavg"), "%lf %*f %*f %d/%d", &load, &running, &all) == 3 && load >= 0 && all >= 1);
	return check_status();
}
