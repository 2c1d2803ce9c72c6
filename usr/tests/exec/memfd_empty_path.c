/* fexecve of a memfd and of a file that has no name any more: execveat with AT_EMPTY_PATH. */
#include "image.h"

int main(int argc, char **argv)
{
	struct by_fd start = {-1, "memfd_empty_path", "inner"};
	int fd;

	(void)argv;
	if (argc > 1)
		return 7;
	enter_scratch("exec-memfd_empty_path");
	start.fd = memfd_create("program", MFD_CLOEXEC);
	CHECK(start.fd >= 0 && fchmod(start.fd, 0700) == 0);
	fill(start.fd);
	CHECK(wait_for(start_child(run_fd, &start)) == 7);
	close(start.fd);
	fd = open("program", O_CREAT | O_RDWR, 0700);
	fill(fd);
	start.fd = open("program", O_RDONLY);
	close(fd);
	unlink("program");
	CHECK(wait_for(start_child(run_fd, &start)) == 7);
	CHECK(syscall(SYS_execveat, start.fd, "", NULL, NULL, 0) == -1 && errno == ENOENT);
	return check_status();
}
