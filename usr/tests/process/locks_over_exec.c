/* Record locks stay over execve, but a descriptor that execve closes takes the locks of its file along. */
#include "tests.h"

static int after(const char *what)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open("locked", O_RDWR);
	int status;
	pid_t child = fork();

	if (child == 0) { /* another process sees the lock of this one, or none */
		int result = fcntl(fd, F_GETLK, &lock);

		_exit(result ? 9 : lock.l_type != F_UNLCK);
	}
	if (waitpid(child, &status, 0) != child)
		return 8;
	return WEXITSTATUS(status) == !strcmp(what, "kept") ? 0 : 1;
}

static int before(void *argument)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open("locked", O_RDWR);

	if (fcntl(fd, F_SETLK, &lock))
		return 7;
	if (!strcmp(argument, "lost"))
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	reexec("locks_over_exec", argument, NULL);
	return 6;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return after(argv[1]);
	enter_scratch("process-locks_over_exec");
	close(open("locked", O_CREAT | O_RDWR, 0600));
	CHECK(wait_for(start_child(before, "kept")) == 0);
	CHECK(wait_for(start_child(before, "lost")) == 0);
	unlink("locked");
	return check_status();
}
