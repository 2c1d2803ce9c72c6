/* waitid by pidfd: of a child, not blocking, of a process that is no child; poll of it; clone3 gives one too. */
#include "tests.h"

#include <linux/sched.h>
#include <poll.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

int main(void)
{
	int gate[2], fd = -1;
	struct clone_args args = {.exit_signal = SIGCHLD, .flags = CLONE_PIDFD, .pidfd = (unsigned long)&fd};
	struct pollfd p = {.events = POLLIN};
	siginfo_t info;
	pid_t child;
	char c;

	alarm(20);
	CHECK(pipe(gate) == 0);
	child = syscall(SYS_clone3, &args, sizeof args);
	if (child == 0) {
		close(gate[1]);
		_exit(read(gate[0], &c, 1) == 0 ? 8 : 9);
	}
	CHECK(child > 0 && fd >= 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC);
	p.fd = fd;
	CHECK(poll(&p, 1, 0) == 0);
	memset(&info, 0, sizeof info);
	CHECK(waitid(P_PIDFD, fd, &info, WEXITED | WNOHANG) == 0 && info.si_pid == 0);
	CHECK(fcntl(fd, F_SETFL, O_NONBLOCK) == 0);
	CHECK(waitid(P_PIDFD, fd, &info, WEXITED) == -1 && errno == EAGAIN);
	CHECK(fcntl(fd, F_SETFL, 0) == 0);
	close(gate[1]);
	CHECK(poll(&p, 1, -1) == 1 && (p.revents & POLLIN));
	CHECK(waitid(P_PIDFD, fd, &info, WEXITED) == 0 && info.si_pid == child && info.si_code == CLD_EXITED && info.si_status == 8);
	CHECK(waitid(P_PIDFD, fd, &info, WEXITED) == -1 && errno == ECHILD);
	CHECK(syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0) == -1 && errno == ESRCH);
	close(fd);
	fd = syscall(SYS_pidfd_open, getppid(), 0);
	CHECK(fd >= 0 || errno == ESRCH || errno == EINVAL);
	if (fd < 0)
		fd = syscall(SYS_pidfd_open, getpid(), 0);
	CHECK(waitid(P_PIDFD, fd, &info, WEXITED | WNOHANG) == -1 && errno == ECHILD);
	CHECK(waitid(P_PIDFD, gate[0], &info, WEXITED) == -1 && errno == EBADF);
	return check_status();
}
