/* fchmod(2), fchown(2) of pipes, FIFOs and sockets: they have modes and owners too. */
#include "tests.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned mode_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? st.st_mode & 07777 : 1;
}

int main(void)
{
	struct timespec times[2] = { { 1000, 0 }, { 2000, 0 } };
	struct stat st;
	int pipes[2], pair[2], fifo;

	enter_scratch("pipe-attributes");
	umask(022);
	CHECK(pipe(pipes) == 0 && mode_of(pipes[0]) == 0600);
	CHECK(fchmod(pipes[0], 0644) == 0);
	CHECK(mode_of(pipes[0]) == 0644 && mode_of(pipes[1]) == 0644);
	CHECK(fchown(pipes[1], getuid(), getgid()) == 0);
	CHECK(fstat(pipes[0], &st) == 0 && st.st_uid == getuid() && st.st_gid == getgid());
	CHECK(futimens(pipes[0], times) == 0);
	CHECK(fstat(pipes[1], &st) == 0 && st.st_mtime == 2000);

	CHECK(mkfifo("fifo", 0600) == 0);
	CHECK((fifo = open("fifo", O_RDWR)) >= 0);
	CHECK(fchmod(fifo, 0640) == 0 && mode_of(fifo) == 0640);
	CHECK(stat("fifo", &st) == 0 && (st.st_mode & 0777) == 0640);
	CHECK(fchown(fifo, getuid(), -1) == 0);

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 && mode_of(pair[0]) == 0777);
	CHECK(fchmod(pair[0], 0700) == 0);
	CHECK(mode_of(pair[0]) == 0700 && mode_of(pair[1]) == 0777);
	CHECK(fchown(pair[0], -1, getgid()) == 0);
	return check_status();
}
