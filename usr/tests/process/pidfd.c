#include "tests.h"
#include <linux/sched.h>
#include <poll.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

/* pidfd_open, poll, waitid(P_PIDFD), pidfd_send_signal, pidfd_getfd, CLONE_PIDFD. */
int main(void)
{
    siginfo_t info = {0};
    int pidfd, pipefd[2];

    CHECK(syscall(SYS_pidfd_open, -1, 0) == -1 && errno == EINVAL);
    CHECK(syscall(SYS_pidfd_open, getpid(), 1) == -1 && errno == EINVAL);
    CHECK(syscall(SYS_pidfd_open, 1 << 29, 0) == -1 && errno == ESRCH);
    CHECK(pipe(pipefd) == 0);
    pid_t child = fork();
    if (child == 0)
        for (;;)
            pause();
    pidfd = syscall(SYS_pidfd_open, child, 0);
    CHECK(pidfd >= 0);
    CHECK(fcntl(pidfd, F_GETFD) == FD_CLOEXEC);
    struct pollfd poll_ = {.fd = pidfd, .events = POLLIN};
    CHECK(poll(&poll_, 1, 0) == 0);
    int copy = syscall(SYS_pidfd_getfd, pidfd, pipefd[1], 0);
    CHECK(copy >= 0 && write(copy, "x", 1) == 1);
    CHECK(syscall(SYS_pidfd_getfd, pidfd, 9999, 0) == -1 && errno == EBADF);
    CHECK(syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0) == 0);
    CHECK(syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0) == 0);
    CHECK(poll(&poll_, 1, 10000) == 1 && (poll_.revents & POLLIN) != 0);
    CHECK(waitid(P_PIDFD, pidfd, &info, WEXITED) == 0);
    CHECK(info.si_pid == child && info.si_code == CLD_KILLED);
    CHECK(syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0) == -1 && errno == ESRCH);
    close(pidfd);
    struct clone_args args = {.flags = CLONE_PIDFD, .exit_signal = SIGCHLD, .pidfd = (unsigned long)&pidfd};
    child = syscall(SYS_clone3, &args, sizeof args);
    if (child == 0)
        _exit(2);
    CHECK(child > 0 && fcntl(pidfd, F_GETFD) == FD_CLOEXEC);
    CHECK(waitid(P_PIDFD, pidfd, &info, WEXITED) == 0 && info.si_pid == child && info.si_status == 2);
    return check_status();
}
