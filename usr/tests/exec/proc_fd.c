/* execve of /proc/self/fd/N: of a file, of one that lost its name, of a memfd; and what /proc/self/exe and comm are then. */
#include "image.h"

#include <sys/prctl.h>

static int inner(const char *expected)
{
	char link[256], comm[17] = "";
	ssize_t n = readlink("/proc/self/exe", link, sizeof link - 1);
	int self;

	CHECK(n > 0);
	link[n > 0 ? n : 0] = 0;
	CHECK(strcmp(strrchr(link, '/') + 1, expected) == 0);
	CHECK(prctl(PR_GET_NAME, comm) == 0);
	self = open("/proc/self/exe", O_RDONLY); /* whatever has become of its name */
	CHECK(self >= 0 && read(self, link, 4) == 4 && memcmp(link, "\177ELF", 4) == 0);
	return check_status() == 0 ? 11 : 1;
}

static int by_name(void *of)
{
	char **argv = of;

	execve(argv[3], (char *[]){(char *)test_class, "proc_fd", argv[0], NULL}, environ);
	return 64 + errno;
}

int main(int argc, char **argv)
{
	char name[64];
	char *start[4] = {"program", NULL, NULL, name};
	int fd;

	if (argc > 1)
		return inner(argv[1]);
	enter_scratch("exec-proc_fd");
	fd = open("program", O_CREAT | O_RDWR | O_CLOEXEC, 0700);
	fill(fd);
	close(fd);
	fd = open("program", O_RDONLY | O_CLOEXEC);
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	CHECK(wait_for(start_child(by_name, start)) == 11);
	unlink("program");
	start[0] = "program (deleted)";
	CHECK(wait_for(start_child(by_name, start)) == 11);
	close(fd);
	fd = memfd_create("mem", MFD_CLOEXEC);
	fill(fd);
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	start[0] = "memfd:mem (deleted)";
	CHECK(wait_for(start_child(by_name, start)) == 11);
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd + 500);
	CHECK(wait_for(start_child(by_name, start)) == 64 + ENOENT);
	return check_status();
}
