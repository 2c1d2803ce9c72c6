/* /proc/self/mounts, mountinfo and /proc/mounts know / and /proc. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/proc/self/mounts");

	CHECK(strstr(text, " / ") != NULL && strstr(text, " /proc proc ") != NULL);
	CHECK(strcmp(text, text_of("/proc/mounts")) == 0);
	text = text_of("/proc/self/mountinfo");
	CHECK(strstr(text, " / / ") != NULL && strstr(text, " /proc ") != NULL && strstr(text, " - ") != NULL);
	return check_status();
}
