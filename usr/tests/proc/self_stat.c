/* /proc/self/stat has 52 fields; pid, state and parent are right. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char *text = text_of("/proc/self/stat");
	char *end = strrchr(text, ')');
	int fields = 2;

	CHECK(strtol(text, NULL, 10) == getpid());
	CHECK(end != NULL && end[2] == 'R');
	CHECK(strtol(end + 4, NULL, 10) == getppid());
	for (char *at = end; *at; at++)
		fields += *at == ' ';
	CHECK(fields == 52);
	return check_status();
}
