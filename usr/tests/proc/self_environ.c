/* /proc/self/environ is the environment that the program was started with. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	int fd = open("/proc/self/environ", O_RDONLY);
	char *first = getenv("PATH");

	CHECK(fd >= 0);
	CHECK(first == NULL || strstr(text_of("/proc/self/environ"), "=") != NULL);
	return check_status();
}
