/* io_getevents waits for as many events as are asked, until its time is up, or a signal comes. */
#include "aio.h"

static void caught(int number)
{
	(void)number;
}

int main(void)
{
	aio_context_t context = aio_context(4);
	struct sigaction action = {.sa_handler = caught, .sa_flags = SA_RESTART};
	struct itimerval soon = {{0, 20000}, {0, 20000}}, off = {{0, 0}, {0, 0}};
	struct timespec brief = {0, 30000000}, started, ended;
	struct io_event events[2];
	struct iocb request;
	int pipes[2];
	pid_t child;

	CHECK(pipe(pipes) == 0);
	clock_gettime(CLOCK_MONOTONIC, &started);
	CHECK(aio_events(context, 1, 1, events, &brief) == 0);
	clock_gettime(CLOCK_MONOTONIC, &ended);
	CHECK((ended.tv_sec - started.tv_sec) * 1000000000L + ended.tv_nsec - started.tv_nsec >= 30000000);
	CHECK(sigaction(SIGALRM, &action, NULL) == 0 && setitimer(ITIMER_REAL, &soon, NULL) == 0);
	CHECK(aio_events(context, 1, 1, events, NULL) == -1 && errno == EINTR);
	CHECK(setitimer(ITIMER_REAL, &off, NULL) == 0);
	/* a process that writes while this one waits */
	request = aio_request(IOCB_CMD_POLL, pipes[0], (void *)POLLIN, 0, 0);
	CHECK(aio_submit_one(context, &request) == 1);
	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(write(pipes[1], "x", 1) != 1);
	CHECK(aio_events(context, 1, 2, events, NULL) == 1 && (events[0].res & POLLIN));
	CHECK(wait_for(child) == 0);
	return check_status();
}
