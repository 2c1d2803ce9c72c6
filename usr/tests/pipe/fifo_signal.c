#include "tests.h"

/* open(2) of a FIFO that waits for the other side ends with EINTR, or goes on with SA_RESTART. */
static void handler(int signal)
{
	(void)signal;
}

int main(void)
{
	struct sigaction action = {.sa_handler = handler};
	struct itimerval soon = {{0, 20000}, {0, 20000}}; /* again: the first may come before the wait */

	enter_scratch("pipe-fifo_signal");
	unlink("fifo");
	CHECK(mkfifo("fifo", 0600) == 0);
	sigaction(SIGALRM, &action, NULL);
	CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
	CHECK(open("fifo", O_RDONLY) == -1 && errno == EINTR);
	CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
	CHECK(open("fifo", O_WRONLY) == -1 && errno == EINTR);
	return check_status();
}
