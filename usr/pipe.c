/* A pipe within one process: order, partial reads, non-blocking ends, end of file, SIGPIPE, atomic sizes. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>

#include "check.h"

static volatile sig_atomic_t broken;

static void on_sigpipe(int sig)
{
	broken += sig == SIGPIPE;
}

static void order_and_partial_reads(int in, int out)
{
	char buffer[64] = { 0 };
	int waiting = 0;

	CHECK(write(out, "hello ", 6) == 6 && write(out, "pipe", 4) == 4);
	CHECK(ioctl(in, FIONREAD, &waiting) == 0 && waiting == 10);
	CHECK(read(in, buffer, 3) == 3 && memcmp(buffer, "hel", 3) == 0);
	CHECK(read(in, buffer, sizeof(buffer)) == 7 && memcmp(buffer, "lo pipe", 7) == 0);
	SHOW(lseek(in, 0, SEEK_SET));
	SHOW(write(in, "x", 1));
	SHOW(read(out, buffer, 1));
	SHOW(pread(in, buffer, 1, 0));
}

static void full_and_empty(int in, int out)
{
	static char block[4096];
	size_t written = 0, taken = 0;
	ssize_t n;

	fcntl(in, F_SETFL, O_NONBLOCK);
	fcntl(out, F_SETFL, fcntl(out, F_GETFL) | O_NONBLOCK);
	SHOW(read(in, block, 1));
	while ((n = write(out, block, sizeof(block))) > 0)
		written += n;
	CHECK(n == -1 && errno == EAGAIN);
	printf("a pipe holds %zu bytes\n", written);
	CHECK(fcntl(out, F_GETPIPE_SZ) == (int)written);
	CHECK(read(in, block, 4096) == 4096 && write(out, block, 4096) == 4096);
	SHOW(write(out, block, 1));
	while ((n = read(in, block, sizeof(block))) > 0)
		taken += n;
	CHECK(taken == written);
}

static void ends(int in, int out)
{
	char buffer[8];
	int ends_of_second[2];

	CHECK(write(out, "last", 4) == 4 && close(out) == 0);
	CHECK(read(in, buffer, 8) == 4);
	CHECK(read(in, buffer, 8) == 0);
	close(in);
	signal(SIGPIPE, on_sigpipe);
	CHECK(pipe2(ends_of_second, O_CLOEXEC) == 0 && close(ends_of_second[0]) == 0);
	CHECK(fcntl(ends_of_second[1], F_GETFD) == FD_CLOEXEC);
	SHOW(write(ends_of_second[1], "x", 1));
	CHECK(broken == 1);
	signal(SIGPIPE, SIG_IGN);
	SHOW(write(ends_of_second[1], "x", 1));
}

int main(int argc, char **argv)
{
	int fds[2];

	(void)argv;
	CHECK(pipe(fds) == 0);
	order_and_partial_reads(fds[0], fds[1]);
	full_and_empty(fds[0], fds[1]);
	ends(fds[0], fds[1]);
	SHOW(pipe2(fds, 0x1));
	SHOW(pipe(nowhere));
	check_status();
	fflush(stdout);
	if (argc > 1) { /* die of it */
		signal(SIGPIPE, SIG_DFL);
		CHECK(pipe(fds) == 0 && close(fds[0]) == 0);
		CHECK(write(fds[1], "x", 1) == 1);
	}
	return check_failures ? 1 : 0;
}
