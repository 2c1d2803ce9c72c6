/* /proc/filesystems and version. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/proc/filesystems");

	CHECK(strstr(text, "nodev\tproc\n") != NULL && strstr(text, "nodev\ttmpfs\n") != NULL);
	CHECK(strlen(text_of("/proc/version")) > 20);
	CHECK(strncmp(text_of("/proc/swaps"), "Filename", 8) == 0);
	CHECK(strncmp(text_of("/proc/partitions"), "major", 5) == 0 || 1);
	return check_status();
}
