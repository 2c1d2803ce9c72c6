/* /proc/PID of a child, and what becomes of it. */
#include "text.h"


int main(int argc, char **argv)
{
	(void)argc; (void)argv;

	char path[64];
	int pipes[2];
	char c;

	CHECK(pipe(pipes) == 0);
	pid_t child = fork();
	if (child == 0) {
		close(pipes[1]);
		_exit(read(pipes[0], &c, 1) == 0 ? 0 : 1);
	}
	snprintf(path, sizeof(path), "/proc/%d/status", child);
	CHECK(field_of(text_of(path), "PPid:") == getpid());
	snprintf(path, sizeof(path), "/proc/%d", child);
	CHECK(access(path, F_OK) == 0);
	close(pipes[1]);
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK(access(path, F_OK) == -1 && errno == ENOENT);
	CHECK(access("/proc/999999", F_OK) == -1 && errno == ENOENT);
	CHECK(access("/proc/none", F_OK) == -1 && errno == ENOENT);
	return check_status();
}
