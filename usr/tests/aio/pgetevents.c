/* io_pgetevents waits with another signal mask. */
#include "aio.h"

static int caught;

static void catch(int number)
{
	(void)number;
	caught++;
}

int main(void)
{
	aio_context_t context = aio_context(4);
	struct sigaction action = {.sa_handler = catch};
	sigset_t blocked, empty;
	struct { const sigset_t *mask; size_t size; } with = {&empty, 8}, wrong = {&empty, 4};
	struct timespec none = {0, 0};
	struct io_event event;

	alarm(20);
	sigemptyset(&empty);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0 && sigprocmask(SIG_BLOCK, &blocked, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0 && caught == 0);
	CHECK(syscall(SYS_io_pgetevents, context, 1L, 1L, &event, NULL, &with) == -1 && errno == EINTR && caught == 1);
	CHECK(raise(SIGUSR1) == 0 && caught == 1); /* blocked again */
	CHECK(syscall(SYS_io_pgetevents, context, 0L, 1L, &event, &none, NULL) == 0 && caught == 1);
	CHECK(syscall(SYS_io_pgetevents, context, 1L, 1L, &event, NULL, &wrong) == -1 && errno == EINVAL);
	return check_status();
}
