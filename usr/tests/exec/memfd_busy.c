/* A memfd that somebody has opened for writing by its /proc/self/fd name cannot be executed, its first descriptor does not count. */
#include "image.h"

int main(int argc, char **argv)
{
	struct by_fd start = {-1, "memfd_busy", "inner"};
	char name[64];
	int writer, to_child[2], to_parent[2];
	pid_t child;
	char c = 0;

	if (argc > 1 && strcmp(argv[1], "inner") == 0)
		return 5;
	if (argc > 1) { /* runs until its parent has looked */
		return write(atoi(argv[1]), "r", 1) == 1 && read(atoi(argv[2]), &c, 1) == 1 ? 6 : 1;
	}
	start.fd = memfd_create("busy", MFD_CLOEXEC);
	fill(start.fd);
	snprintf(name, sizeof name, "/proc/self/fd/%d", start.fd);
	CHECK(wait_for(start_child(run_fd, &start)) == 5);
	writer = open(name, O_RDWR | O_CLOEXEC);
	CHECK(writer >= 0);
	CHECK(wait_for(start_child(run_fd, &start)) == 64 + ETXTBSY);
	close(writer);
	CHECK(wait_for(start_child(run_fd, &start)) == 5);
	CHECK(pipe(to_child) == 0 && pipe(to_parent) == 0);
	child = fork();
	if (child == 0) {
		char out[16], in[16];
		char *args[] = {(char *)test_class, "memfd_busy", out, in, NULL};

		snprintf(out, sizeof out, "%d", to_parent[1]);
		snprintf(in, sizeof in, "%d", to_child[0]);
		execve(name, args, environ);
		_exit(99);
	}
	CHECK(read(to_parent[0], &c, 1) == 1 && c == 'r');
	CHECK(open(name, O_WRONLY) == -1 && errno == ETXTBSY);
	CHECK(open(name, O_RDONLY) >= 0);
	CHECK(write(to_child[1], "g", 1) == 1);
	CHECK(wait_for(child) == 6);
	writer = open(name, O_WRONLY);
	CHECK(writer >= 0);
	return check_status();
}
