/* /proc/meminfo: total, free and available make sense. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/proc/meminfo");
	long total = field_of(text, "MemTotal:");

	CHECK(total > 0 && strstr(text, "MemTotal:") == text);
	CHECK(field_of(text, "MemFree:") >= 0 && field_of(text, "MemFree:") <= total);
	CHECK(field_of(text, "MemAvailable:") >= 0 && field_of(text, "Cached:") >= 0 && field_of(text, "SwapTotal:") >= 0);
	return check_status();
}
