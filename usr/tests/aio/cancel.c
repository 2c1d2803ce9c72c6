/* io_cancel gives a poll up: its event comes all the same (io_cancel(2)). */
#include "aio.h"

int main(void)
{
	aio_context_t context = aio_context(4);
	struct iocb request, other;
	struct io_event event;
	int pipes[2];

	alarm(20);
	CHECK(pipe(pipes) == 0);
	request = aio_request(IOCB_CMD_POLL, pipes[0], (void *)POLLIN, 0, 0);
	other = request;
	CHECK(aio_submit_one(context, &request) == 1);
	CHECK(syscall(SYS_io_cancel, context, &other, &event) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_io_cancel, context, &request, &event) == -1 && errno == EINPROGRESS);
	CHECK(aio_events(context, 1, 1, &event, NULL) == 1 && event.obj == (uintptr_t)&request && event.res == 0);
	CHECK(syscall(SYS_io_cancel, context, &request, &event) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_io_cancel, context, (void *)8, &event) == -1 && errno == EFAULT);
	CHECK(syscall(SYS_io_cancel, context + 4096 * 1000, &request, &event) == -1 && errno == EINVAL);
	/* what is still waited for does not keep a context from being destroyed */
	CHECK(aio_submit_one(context, &request) == 1);
	CHECK(aio_destroy(context) == 0);
	CHECK(aio_events(context, 0, 1, &event, NULL) == -1 && errno == EINVAL);
	return check_status();
}
