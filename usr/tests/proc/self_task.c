/* /proc/self/task has the one thread, with a status of its own. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	DIR *dir = opendir("/proc/self/task");
	int count = 0;
	char path[80];

	CHECK(dir != NULL);
	for (struct dirent *e; (e = readdir(dir)) != NULL;)
		count += isdigit((unsigned char)e->d_name[0]) != 0;
	CHECK(count == 1);
	snprintf(path, sizeof(path), "/proc/self/task/%d/status", getpid());
	CHECK(field_of(text_of(path), "Pid:") == getpid());
	snprintf(path, sizeof(path), "/proc/self/task/%d/comm", getpid());
	CHECK(strlen(text_of(path)) > 1);
	return check_status();
}
