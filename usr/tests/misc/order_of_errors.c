/* Which of several mistakes a call tells: what Linux looks at first. */
#include "tests.h"
#include <mqueue.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

#define FAILS(call, error) CHECK((call) == -1 && errno == (error))

static void *const of_kernel = (void *)0xffffffff81000000;

/* A length of nothing is done at once, whatever the descriptors are. */
static void nothing_to_move(void)
{
	CHECK(tee(-1, -1, 0, 0) == 0);
	CHECK(splice(-1, NULL, 99, NULL, 0, 0) == 0);
	FAILS(tee(-1, -1, 0, 0x100), EINVAL);
	FAILS(tee(-1, -1, 1, 0), EBADF);
}

static void sources_first(int *ends, int file)
{
	off_t offset = 0;

	FAILS(sendfile(-1, ends[0], &offset, 1), ESPIPE);
	FAILS(sendfile(-1, file, &offset, 1), EBADF);
	FAILS(readahead(ends[0], 0, 1), EINVAL);
}

/* Memory that no program can have is refused before the file is asked. */
static void memory_first(int *ends, int file)
{
	struct iovec ranges[2] = {{&file, 1}, {of_kernel, 1}};

	FAILS(pread(file, of_kernel, 8, 1 << 20), EFAULT);
	FAILS(read(ends[0], of_kernel, 0), EFAULT);
	FAILS(write(ends[1], of_kernel, 0), EFAULT);
	FAILS(readv(file, ranges, 2), EFAULT);
	FAILS(writev(ends[1], ranges, 2), EFAULT);
	FAILS(fsetxattr(-1, "user.x", "", 0, 99), EINVAL);
}

static void clocks_without_alarm(void)
{
	struct timespec soon = {0, 1};
	timer_t timer;

	FAILS(syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC_RAW, 0, &soon, NULL), EOPNOTSUPP);
	FAILS(syscall(SYS_clock_nanosleep, CLOCK_REALTIME_COARSE, 0, NULL, NULL), EOPNOTSUPP);
	FAILS(syscall(SYS_clock_nanosleep, CLOCK_THREAD_CPUTIME_ID, 0, &soon, NULL), EOPNOTSUPP);
	FAILS(syscall(SYS_timer_create, CLOCK_MONOTONIC_COARSE, NULL, &timer), EOPNOTSUPP);
	CHECK(syscall(SYS_timer_create, CLOCK_THREAD_CPUTIME_ID, NULL, &timer) == 0);
}

static void queues(void)
{
	struct mq_attr attributes = {.mq_flags = 1};
	struct timespec never = {0, -1};

	FAILS(syscall(SYS_mq_getsetattr, -1, &attributes, NULL), EINVAL);
	FAILS(syscall(SYS_mq_getsetattr, -1, of_kernel, NULL), EFAULT);
	FAILS(syscall(SYS_mq_timedreceive, -1, NULL, 0, NULL, &never), EINVAL);
	FAILS(syscall(SYS_mq_timedsend, -1, NULL, 0, 99999, NULL), EINVAL);
}

/* Bits of poll that select and epoll do not show. */
static void bits(void)
{
	struct pollfd one = {.events = POLLIN | POLLOUT | POLLWRNORM | POLLWRBAND | POLLRDNORM};
	int pair[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	one.fd = pair[0];
	CHECK(poll(&one, 1, 0) == 1 && one.revents == (POLLOUT | POLLWRNORM | POLLWRBAND));
	one.fd = eventfd(1, 0);
	CHECK(poll(&one, 1, 0) == 1 && one.revents == (POLLIN | POLLOUT));
}

/* Nobody can wait for what stands for a path only. */
static void places(void)
{
	int path = open("f", O_PATH);
	struct pollfd one = {path, POLLIN, 0};
	struct timeval now = {0, 0};
	fd_set in, out;

	FD_ZERO(&in);
	FD_SET(path, &in);
	out = in;
	CHECK(poll(&one, 1, 0) == 1 && one.revents == POLLNVAL);
	CHECK(select(path + 1, &in, &out, NULL, &now) == 2 && FD_ISSET(path, &in) && FD_ISSET(path, &out));
}

int main(void)
{
	int ends[2], file;

	enter_scratch("misc-order-of-errors");
	file = open("f", O_RDWR | O_CREAT, 0644);
	CHECK(file >= 0 && pipe(ends) == 0);
	nothing_to_move();
	sources_first(ends, file);
	memory_first(ends, file);
	clocks_without_alarm();
	queues();
	bits();
	places();
	return check_status();
}
