/* /sys/devices/system/cpu: ranges of processors. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/sys/devices/system/cpu/online");

	CHECK(text[0] == '0');
	CHECK(strcmp(text, text_of("/sys/devices/system/cpu/present")) == 0 || strlen(text) > 0);
	CHECK(strlen(text_of("/sys/devices/system/cpu/possible")) > 1);
	CHECK(access("/sys/devices/system/cpu/cpu0", F_OK) == 0);
	return check_status();
}
