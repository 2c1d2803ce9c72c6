#include "tests.h"
#include <sys/ioctl.h>
#include <sys/socket.h>

/* O_ASYNC, F_SETOWN, F_SETSIG: a signal when a descriptor becomes ready. */
static volatile int count, code, fd;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	count++;
	code = info->si_code;
	fd = info->si_fd;
}

int main(void)
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
	int s[2], on = 1;

	alarm(20);
	sigaction(SIGIO, &action, NULL);
	sigaction(SIGRTMIN + 1, &action, NULL);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0);
	CHECK(fcntl(s[0], F_GETOWN) == 0);
	CHECK(fcntl(s[0], F_SETOWN, getpid()) == 0 && fcntl(s[0], F_GETOWN) == getpid());
	CHECK(fcntl(s[0], F_SETFL, O_ASYNC) == 0);
	CHECK(write(s[1], "x", 1) == 1);
	CHECK(count == 1);
	CHECK(fcntl(s[0], F_SETSIG, SIGRTMIN + 1) == 0 && fcntl(s[0], F_GETSIG) == SIGRTMIN + 1);
	CHECK(write(s[1], "x", 1) == 1);
	CHECK(count == 2 && code == POLL_IN && fd == s[0]);
	CHECK(fcntl(s[0], F_SETFL, 0) == 0);
	CHECK(write(s[1], "x", 1) == 1 && count == 2);
	CHECK(ioctl(s[0], FIOASYNC, &on) == 0 && (fcntl(s[0], F_GETFL) & O_ASYNC));
	CHECK(write(s[1], "x", 1) == 1 && count == 3);
	CHECK(fcntl(s[0], F_SETSIG, 999) == -1 && errno == EINVAL);
	CHECK(fcntl(s[0], F_SETOWN, 0) == 0 && write(s[1], "x", 1) == 1 && count == 3);
	return check_status();
}
