/* /proc/self/fd lists the descriptors, and its links name files and pipes. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char target[256];
	char path[64];
	int pipes[2];
	int fd = open("/dev/null", O_RDWR);
	ssize_t got;

	CHECK(pipe(pipes) == 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	got = readlink(path, target, 255);
	CHECK(got == 9 && memcmp(target, "/dev/null", 9) == 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", pipes[0]);
	got = readlink(path, target, 255);
	CHECK(got > 7 && memcmp(target, "pipe:[", 6) == 0);
	DIR *dir = opendir("/proc/self/fd");
	int seen = 0;
	for (struct dirent *e; (e = readdir(dir)) != NULL;)
		seen += atoi(e->d_name) == fd || atoi(e->d_name) == pipes[0] || atoi(e->d_name) == pipes[1];
	CHECK(seen >= 3);
	CHECK(readlink("/proc/self/fd/999", target, 255) == -1 && errno == ENOENT);
	return check_status();
}
