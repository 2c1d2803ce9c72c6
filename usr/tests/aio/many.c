/* More requests than a context has room for are EAGAIN until events are fetched; a pipe is written in order. */
#include "aio.h"

int main(void)
{
	aio_context_t context = aio_context(1);
	struct iocb request, *again = &request;
	struct io_event events[64];
	struct timespec none = {0, 0};
	int pipes[2], count = 0, fetched = 0, got;
	char data[4];

	alarm(20);
	CHECK(pipe(pipes) == 0);
	request = aio_request(IOCB_CMD_POLL, pipes[0], (void *)POLLIN, 0, 0);
	while (count < 100000 && aio_submit(context, 1, &again) == 1)
		count++;
	CHECK(count >= 1 && errno == EAGAIN);
	CHECK(write(pipes[1], "ab", 2) == 2);
	while (fetched < count && (got = aio_events(context, 1, 64, events, NULL)) > 0)
		fetched += got;
	CHECK(fetched == count);
	CHECK(aio_events(context, 0, 64, events, &none) == 0);
	request = aio_request(IOCB_CMD_PREAD, pipes[0], data, 1, 0);
	CHECK(aio_submit_one(context, &request) == 1 && aio_events(context, 1, 1, events, NULL) == 1);
	CHECK(events[0].res == 1 && data[0] == 'a');
	return check_status();
}
