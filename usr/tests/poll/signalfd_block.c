#include "tests.h"
#include <sys/signalfd.h>

/* A blocking read of a signalfd waits for the signal. */
int main(void)
{
	sigset_t mask;
	struct signalfd_siginfo info;
	struct itimerval soon = {{0, 0}, {0, 10000}};
	int fd;

	sigemptyset(&mask);
	sigaddset(&mask, SIGALRM);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	CHECK((fd = signalfd(-1, &mask, 0)) >= 0);
	CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
	CHECK(read(fd, &info, sizeof info) == sizeof info && info.ssi_signo == SIGALRM);
	return check_status();
}
