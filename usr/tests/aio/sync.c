/* IOCB_CMD_FSYNC and FDSYNC: of a file, with nothing else in the request. */
#include "aio.h"

int main(void)
{
	aio_context_t context = aio_context(4);
	struct iocb request;
	struct io_event event;
	int fd, pipes[2];

	alarm(20);
	enter_scratch("aio-sync");
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(write(fd, "data", 4) == 4 && pipe(pipes) == 0);
	request = aio_request(IOCB_CMD_FSYNC, fd, NULL, 0, 0);
	CHECK(aio_submit_one(context, &request) == 1);
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1 && event.res == 0);
	request.aio_lio_opcode = IOCB_CMD_FDSYNC;
	CHECK(aio_submit_one(context, &request) == 1);
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1 && event.res == 0);
	request.aio_nbytes = 1;
	CHECK(aio_submit_one(context, &request) == -1 && errno == EINVAL);
	request = aio_request(IOCB_CMD_FSYNC, pipes[0], NULL, 0, 0);
	CHECK(aio_submit_one(context, &request) == -1 && errno == EINVAL);
	return check_status();
}
