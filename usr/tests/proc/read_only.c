/* /proc cannot be changed by names. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	CHECK(mkdir("/proc/x", 0755) == -1);
	CHECK(unlink("/proc/version") == -1);
	CHECK(open("/proc/newfile", O_WRONLY | O_CREAT, 0644) == -1);
	CHECK(rename("/proc/version", "/proc/v") == -1);
	return check_status();
}
