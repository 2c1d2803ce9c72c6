/* /proc/self/cwd and root. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char one[4096];
	char two[4096];

	CHECK(chdir("/proc") == 0 || chdir("/") == 0);
	CHECK(getcwd(one, sizeof(one)) != NULL);
	ssize_t got = readlink("/proc/self/cwd", two, sizeof(two) - 1);
	CHECK(got > 0 && (size_t)got == strlen(one) && memcmp(one, two, (size_t)got) == 0);
	got = readlink("/proc/self/root", two, sizeof(two) - 1);
	CHECK(got == 1 && two[0] == '/');
	return check_status();
}
