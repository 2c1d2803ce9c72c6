#include "file.h"
#include <signal.h>
#include <sys/resource.h>

static volatile sig_atomic_t caught;

static void on_xfsz(int sig)
{
	(void)sig;
	caught++;
}

static void set_limit(rlim_t bytes)
{
	struct rlimit limit = { bytes, RLIM_INFINITY };

	setrlimit(RLIMIT_FSIZE, &limit);
}

/* RLIMIT_FSIZE: write is cut, and what would grow the file beyond it is SIGXFSZ and EFBIG. stdout may be a file, so checks come after. */
int main(void)
{
	char block[6000] = { 1 };
	enter_empty("size-limit");
	CHECK(signal(SIGXFSZ, on_xfsz) != SIG_ERR);
	int fd = open("f", O_RDWR | O_CREAT, 0600);
	fflush(stdout);
	set_limit(8192);
	long first = write(fd, block, sizeof block), second = write(fd, block, sizeof block);
	long third = write(fd, block, sizeof block), third_errno = errno, after_write = caught;
	long grown = ftruncate(fd, 8193), grown_errno = errno, same = ftruncate(fd, 8192), after_ftruncate = caught;
	long by_path = truncate("f", 100000), by_path_errno = errno, after_truncate = caught;
	long reserved = fallocate(fd, 0, 8192, 1), reserved_errno = errno, inside = fallocate(fd, 0, 0, 8192), after_all = caught;
	long shorter = ftruncate(fd, 10);
	set_limit(5);
	long below = ftruncate(fd, 7), above = ftruncate(fd, 11), last = caught;
	set_limit(RLIM_INFINITY);
	CHECK(first == 6000 && second == 2192);
	CHECK(third == -1 && third_errno == EFBIG && after_write == 1);
	CHECK(grown == -1 && grown_errno == EFBIG && same == 0 && after_ftruncate == 2);
	CHECK(by_path == -1 && by_path_errno == EFBIG && after_truncate == 3);
	CHECK(reserved == -1 && reserved_errno == EFBIG && inside == 0 && after_all == 4);
	CHECK(shorter == 0 && below == 0 && above == -1 && last == 5);
	return check_status();
}
