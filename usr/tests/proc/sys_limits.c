/* /proc/sys/vm and fs: what programs look at before they allocate. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	CHECK(strlen(text_of("/proc/sys/vm/overcommit_memory")) == 2);
	CHECK(atoi(text_of("/proc/sys/vm/max_map_count")) >= 65530);
	CHECK(atol(text_of("/proc/sys/fs/file-max")) > 1000);
	CHECK(atoi(text_of("/proc/sys/fs/pipe-max-size")) >= 4096);
	CHECK(atoi(text_of("/proc/sys/fs/nr_open")) >= 1024);
	return check_status();
}
