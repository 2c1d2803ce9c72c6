/* /proc/self/coredump_filter is a number that children inherit; clear_refs takes 1 to 5; syscall says what one waits in. */
#include "tests.h"
#include <sys/resource.h>

static int read_text(const char *path, char *to, size_t size)
{
	int fd = open(path, O_RDONLY);
	ssize_t length = read(fd, to, size - 1);

	close(fd);
	to[length > 0 ? length : 0] = 0;
	return length > 0;
}

static int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY), result = write(fd, text, strlen(text)) == (ssize_t)strlen(text) ? 0 : errno;

	close(fd);
	return result;
}

static int filter_of_child(void *unused)
{
	char text[32];

	(void)unused;
	return read_text("/proc/self/coredump_filter", text, sizeof(text)) && strcmp(text, "00000007\n") == 0 ? 0 : 1;
}

static int sleeper(void *pipes)
{
	char byte;

	return read(*(int *)pipes, &byte, 1) != 1;
}

int main(void)
{
	char text[256], path[64];
	int pipes[2], i;
	long number = -1;
	pid_t child;

	alarm(20);
	CHECK(read_text("/proc/self/coredump_filter", text, sizeof(text)) && strlen(text) == 9);
	CHECK(write_text("/proc/self/coredump_filter", "0x7") == 0);
	CHECK(wait_for(start_child(filter_of_child, NULL)) == 0);
	CHECK(write_text("/proc/self/coredump_filter", "x") == EINVAL);
	CHECK(write_text("/proc/self/clear_refs", "1") == 0);
	CHECK(write_text("/proc/self/clear_refs", "5") == 0);
	CHECK(write_text("/proc/self/clear_refs", "6") == EINVAL);
	CHECK(read_text("/proc/self/syscall", text, sizeof(text)) && sscanf(text, "%ld 0x", &number) == 1 && number >= 0);
	number = -1;
	CHECK(pipe(pipes) == 0);
	child = start_child(sleeper, pipes);
	snprintf(path, sizeof(path), "/proc/%d/syscall", child);
	for (i = 0; i < 10000 && number != SYS_read; i++) {
		if (!read_text(path, text, sizeof(text)) || sscanf(text, "%ld 0x", &number) != 1)
			number = -1;
		sched_yield();
	}
	CHECK(number == SYS_read);
	CHECK(write(pipes[1], "x", 1) == 1 && wait_for(child) == 0);
	return check_status();
}
