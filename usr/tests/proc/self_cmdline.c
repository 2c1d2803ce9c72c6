/* /proc/self/cmdline and comm. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/proc/self/cmdline");

	CHECK(strlen(text) > 0);
	text = text_of("/proc/self/comm");
	CHECK(strlen(text) > 1 && text[strlen(text) - 1] == '\n');
	int fd = open("/proc/self/comm", O_WRONLY);
	CHECK(fd >= 0 && write(fd, "newname", 7) == 7);
	close(fd);
	CHECK(strcmp(text_of("/proc/self/comm"), "newname\n") == 0);
	return check_status();
}
