/* What a program that was started by a descriptor sees as its name: AT_EXECFN is /dev/fd/N, or /dev/fd/N/PATH below a directory. */
#include "image.h"

#include <sys/auxv.h>
#include <sys/stat.h>

static int run_in(void *of)
{
	struct by_fd *start = of;

	syscall(SYS_execveat, start->fd, start->test, (char *[]){(char *)test_class, "fd_name", (char *)start->argument, NULL}, environ, 0);
	return 64 + errno;
}

int main(int argc, char **argv)
{
	struct by_fd start;
	char expected[64];
	int fd;

	if (argc > 1) {
		CHECK(strcmp((char *)getauxval(AT_EXECFN), argv[1]) == 0);
		return check_status() == 0 ? 12 : 1;
	}
	enter_scratch("exec-fd_name");
	fd = open("program", O_CREAT | O_RDWR | O_CLOEXEC, 0700);
	fill(fd);
	close(fd);
	start.fd = open("program", O_RDONLY | O_CLOEXEC);
	start.test = "fd_name";
	snprintf(expected, sizeof expected, "/dev/fd/%d", start.fd);
	start.argument = expected;
	CHECK(wait_for(start_child(run_fd, &start)) == 12);
	close(start.fd);
	start.fd = open(".", O_RDONLY | O_DIRECTORY);
	start.test = "program";
	snprintf(expected, sizeof expected, "/dev/fd/%d/program", start.fd);
	CHECK(wait_for(start_child(run_in, &start)) == 12);
	start.test = "nothing";
	CHECK(wait_for(start_child(run_in, &start)) == 64 + ENOENT);
	unlink("program");
	return check_status();
}
