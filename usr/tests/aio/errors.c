/* What io_setup, io_submit and io_getevents refuse. */
#include "aio.h"

int main(void)
{
	aio_context_t context = 0, used = 1;
	struct iocb request, *list[2] = {&request, NULL}, *bad = (void *)8;
	struct io_event event;
	struct timespec none = {0, 0};
	char byte = 0;
	int fd, write_only;

	alarm(20);
	enter_scratch("aio-errors");
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	write_only = open("file", O_WRONLY);
	CHECK(aio_setup(0, &context) == -1 && errno == EINVAL);
	CHECK(aio_setup(1, &used) == -1 && errno == EINVAL);
	CHECK(aio_setup(1, NULL) == -1 && errno == EFAULT);
	CHECK(aio_setup(0x10000000, &context) == -1 && errno == EINVAL);
	CHECK(aio_setup(1, &context) == 0 && context != 0);
	request = aio_request(IOCB_CMD_PREAD, fd, &byte, 1, 0);
	CHECK(aio_submit(context, -1, list) == -1 && errno == EINVAL);
	CHECK(aio_submit(context, 0, list) == 0);
	CHECK(aio_submit(context + 4096 * 1000, 1, list) == -1 && errno == EINVAL);
	CHECK(aio_submit(context, 1, NULL) == -1 && errno == EFAULT);
	CHECK(aio_submit(context, 1, &bad) == -1 && errno == EFAULT);
	CHECK(aio_submit(context, 2, list) == 1); /* up to the first that is wrong */
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1);
	request.aio_fildes = 999;
	CHECK(aio_submit_one(context, &request) == -1 && errno == EBADF);
	request.aio_fildes = write_only;
	CHECK(aio_submit_one(context, &request) == -1 && errno == EBADF);
	request = aio_request(77, fd, &byte, 1, 0);
	CHECK(aio_submit_one(context, &request) == -1 && errno == EINVAL);
	request = aio_request(IOCB_CMD_PREAD, fd, &byte, 1, -1);
	CHECK(aio_submit_one(context, &request) == -1 && errno == EINVAL);
	request = aio_request(IOCB_CMD_PREAD, fd, &byte, 1, 0);
	request.aio_reserved2 = 1;
	CHECK(aio_submit_one(context, &request) == -1 && errno == EINVAL);
	/* a buffer that cannot be written is the request's own fault, and told by its event */
	CHECK(pwrite(fd, "data", 4, 0) == 4);
	request = aio_request(IOCB_CMD_PREAD, fd, (void *)8, 4, 0);
	CHECK(aio_submit_one(context, &request) == 1);
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1 && event.res == -EFAULT);
	CHECK(aio_events(context, -1, 1, &event, &none) == -1 && errno == EINVAL);
	CHECK(aio_events(context, 2, 1, &event, &none) == -1 && errno == EINVAL);
	CHECK(aio_events(context, 1, 1, &event, &none) == 0);
	CHECK(aio_events(context, 1, 1, &event, (void *)8) == -1 && errno == EFAULT);
	return check_status();
}
