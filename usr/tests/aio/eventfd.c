/* IOCB_FLAG_RESFD: an eventfd counts the requests that are done. */
#include "aio.h"

int main(void)
{
	aio_context_t context = aio_context(8);
	int signal = eventfd(0, 0), pipes[2], fd;
	struct iocb write_one, write_two, poll_one, *all[3] = {&write_one, &poll_one, &write_two};
	struct io_event events[3];
	struct pollfd ready = {.fd = signal, .events = POLLIN};
	uint64_t count;

	alarm(20);
	enter_scratch("aio-eventfd");
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(pipe(pipes) == 0);
	write_one = aio_request(IOCB_CMD_PWRITE, fd, "a", 1, 0);
	write_two = aio_request(IOCB_CMD_PWRITE, fd, "b", 1, 1);
	poll_one = aio_request(IOCB_CMD_POLL, pipes[0], (void *)POLLIN, 0, 0);
	write_one.aio_flags = write_two.aio_flags = poll_one.aio_flags = IOCB_FLAG_RESFD;
	write_one.aio_resfd = write_two.aio_resfd = poll_one.aio_resfd = signal;
	CHECK(aio_submit(context, 3, all) == 3);
	CHECK(read(signal, &count, sizeof(count)) == sizeof(count) && count == 2);
	CHECK(poll(&ready, 1, 0) == 0);
	CHECK(write(pipes[1], "x", 1) == 1);
	CHECK(poll(&ready, 1, 10000) == 1);
	CHECK(read(signal, &count, sizeof(count)) == sizeof(count) && count == 1);
	CHECK(aio_events(context, 3, 3, events, NULL) == 3);
	write_one.aio_resfd = fd;
	CHECK(aio_submit_one(context, &write_one) == -1 && errno == EINVAL);
	write_one.aio_resfd = 999;
	CHECK(aio_submit_one(context, &write_one) == -1 && errno == EBADF);
	return check_status();
}
