/* IOCB_CMD_POLL completes once, when the descriptor becomes ready. */
#include "aio.h"

int main(void)
{
	aio_context_t context = aio_context(4);
	struct timespec none = {0, 0};
	struct iocb request;
	struct io_event event;
	int pipes[2];
	char byte;

	alarm(20);
	CHECK(pipe(pipes) == 0);
	request = aio_request(IOCB_CMD_POLL, pipes[0], (void *)POLLIN, 0, 0);
	CHECK(aio_submit_one(context, &request) == 1);
	CHECK(aio_events(context, 0, 1, &event, &none) == 0);
	CHECK(write(pipes[1], "x", 1) == 1);
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1 && (event.res & POLLIN) && event.obj == (uintptr_t)&request);
	CHECK(read(pipes[0], &byte, 1) == 1 && write(pipes[1], "y", 1) == 1);
	CHECK(aio_events(context, 0, 1, &event, &none) == 0); /* once only */
	CHECK(aio_submit_one(context, &request) == 1); /* ready already */
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1 && (event.res & POLLIN));
	CHECK(read(pipes[0], &byte, 1) == 1 && aio_submit_one(context, &request) == 1);
	close(pipes[1]);
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1 && event.res == POLLHUP);
	request.aio_nbytes = 1;
	CHECK(aio_submit_one(context, &request) == -1 && errno == EINVAL);
	request = aio_request(IOCB_CMD_POLL, pipes[0], (void *)0x10000, 0, 0);
	CHECK(aio_submit_one(context, &request) == -1 && errno == EINVAL);
	return check_status();
}
