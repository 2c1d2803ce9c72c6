/* A child has none of its parent's contexts; execve and exit take them away. */
#include "aio.h"

static int child_of(void *context)
{
	struct io_event event;

	return aio_events(*(aio_context_t *)context, 0, 1, &event, NULL) == -1 && errno == EINVAL ? 0 : 1;
}

int main(void)
{
	aio_context_t context = aio_context(4);
	struct io_event event;
	struct iocb request;
	int pipes[2], status;
	char byte;

	alarm(20);
	CHECK(wait_for(start_child(child_of, &context)) == 0);
	CHECK(aio_events(context, 0, 1, &event, NULL) == 0);
	/* a child that ends while it polls lets go of the pipe */
	CHECK(pipe(pipes) == 0);
	fflush(stdout);
	if (fork() == 0) {
		aio_context_t mine = aio_context(4);

		request = aio_request(IOCB_CMD_POLL, pipes[1], (void *)POLLERR, 0, 0);
		_exit(aio_submit_one(mine, &request) != 1);
	}
	close(pipes[1]);
	CHECK(wait(&status) > 0 && status == 0);
	CHECK(read(pipes[0], &byte, 1) == 0);
	return check_status();
}
