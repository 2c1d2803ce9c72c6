/* IOCB_CMD_PREADV and PWRITEV take an array of buffers; RWF_ flags as of preadv2. */
#include "aio.h"

int main(void)
{
	aio_context_t context = aio_context(4);
	char a[4] = "", b[8] = "";
	struct iovec out[2] = {{"abc", 3}, {"defgh", 5}}, in[2] = {{a, 3}, {b, 5}};
	struct iocb request;
	struct io_event event;
	int fd;

	alarm(20);
	enter_scratch("aio-vectors");
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	request = aio_request(IOCB_CMD_PWRITEV, fd, out, 2, 10);
	request.aio_rw_flags = RWF_DSYNC;
	CHECK(aio_submit_one(context, &request) == 1);
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1 && event.res == 8);
	request = aio_request(IOCB_CMD_PREADV, fd, in, 2, 10);
	CHECK(aio_submit_one(context, &request) == 1);
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1 && event.res == 8);
	CHECK(memcmp(a, "abc", 3) == 0 && memcmp(b, "defgh", 5) == 0);
	CHECK(lseek(fd, 0, SEEK_END) == 18);
	request.aio_nbytes = 2000;
	CHECK(aio_submit_one(context, &request) == -1 && errno == EINVAL);
	request = aio_request(IOCB_CMD_PREADV, fd, (void *)8, 1, 0);
	CHECK(aio_submit_one(context, &request) == -1 && errno == EFAULT);
	request = aio_request(IOCB_CMD_PREADV, fd, in, 2, 0);
	request.aio_rw_flags = 0x40000000;
	CHECK(aio_submit_one(context, &request) == -1 && errno == EOPNOTSUPP);
	return check_status();
}
