#include "tests.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* pidfd_send_signal(2) takes an open /proc/PID as well. */
int main(void)
{
	char path[32];
	int status;
	pid_t child = fork();
	if (child == 0) {
		for (;;) {
			pause();
		}
	}
	snprintf(path, sizeof path, "/proc/%d", child);
	int fd = open(path, O_DIRECTORY | O_RDONLY);
	CHECK(fd >= 0);
	SHOW(syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0));
	SHOW(syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0));
	CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	int proc = open("/proc", O_DIRECTORY | O_RDONLY);
	SHOW(syscall(SYS_pidfd_send_signal, proc, 0, NULL, 0));
	return check_status();
}
