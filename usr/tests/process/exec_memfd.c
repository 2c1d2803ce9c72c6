/* fexecve of a memfd and of a file that has no name any more: execveat with AT_EMPTY_PATH. */
#include "tests.h"

#include <sys/sendfile.h>

extern char **environ;

static int run(void *argument)
{
	char *argv[] = {(char *)test_class, "exec_memfd", "again", NULL};

	syscall(SYS_execveat, *(int *)argument, "", argv, environ, AT_EMPTY_PATH);
	return 99;
}

static void fill(int fd)
{
	char buffer[65536];
	int in = open("/proc/self/exe", O_RDONLY);
	ssize_t n;

	while ((n = read(in, buffer, sizeof buffer)) > 0)
		if (write(fd, buffer, n) != n)
			break;
	CHECK(n == 0);
	close(in);
}

int main(int argc, char **argv)
{
	int fd, reader;

	(void)argv;
	if (argc > 1)
		return 7;
	enter_scratch("process-exec_memfd");
	fd = memfd_create("program", MFD_CLOEXEC);
	CHECK(fd >= 0 && fchmod(fd, 0700) == 0);
	fill(fd);
	CHECK(wait_for(start_child(run, &fd)) == 7);
	close(fd);
	fd = open("program", O_CREAT | O_RDWR, 0700);
	fill(fd);
	reader = open("program", O_RDONLY);
	close(fd);
	CHECK(wait_for(start_child(run, &reader)) == 7);
	CHECK(syscall(SYS_execveat, reader, "", NULL, NULL, 0) == -1 && errno == ENOENT);
	unlink("program");
	return check_status();
}
