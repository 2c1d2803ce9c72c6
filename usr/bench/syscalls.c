/* syscalls [BATCHES]: ns per call of system calls that do little: what the way in and out costs. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "measure.h"

static int null_fd, zero_fd, pipe_fds[2];
static char buffer[4096];

static void do_getpid(size_t call) { (void)call; syscall(SYS_getpid); }
static void do_clock(size_t call) { struct timespec now; (void)call; syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now); }
static void do_write_null(size_t call) { (void)call; if (write(null_fd, buffer, 1) != 1) exit(1); }
static void do_read_zero(size_t call) { (void)call; if (read(zero_fd, buffer, 4096) != 4096) exit(1); }
static void do_fstat(size_t call) { struct stat st; (void)call; fstat(null_fd, &st); }
static void do_open_close(size_t call) { (void)call; close(open("/dev/null", O_RDONLY)); }
static void do_raise(size_t call) { (void)call; raise(SIGUSR1); }
static void handler(int sig) { (void)sig; }

static void do_pipe(size_t call)
{
	(void)call;
	if (write(pipe_fds[1], buffer, 64) != 64 || read(pipe_fds[0], buffer, 64) != 64)
		exit(1);
}

int main(int argc, char **argv)
{
	size_t batches = argument(argc, argv, 1, 30);

	null_fd = open("/dev/null", O_RDWR);
	zero_fd = open("/dev/zero", O_RDONLY);
	if (null_fd < 0 || zero_fd < 0 || pipe(pipe_fds) != 0)
		return 1;
	signal(SIGUSR1, handler);
	measure("getpid", batches, 20000, do_getpid);
	measure("clock_gettime", batches, 20000, do_clock);
	measure("write_null", batches, 10000, do_write_null);
	measure("read_zero_4k", batches, 5000, do_read_zero);
	measure("fstat", batches, 10000, do_fstat);
	measure("open_close", batches, 5000, do_open_close);
	measure("pipe_64_bytes", batches, 5000, do_pipe);
	measure("signal_to_self", batches, 2000, do_raise);
	return 0;
}
