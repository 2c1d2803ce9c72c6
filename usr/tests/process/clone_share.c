#include "tests.h"
#include <linux/sched.h>
#include <sys/stat.h>

/* CLONE_FILES and CLONE_FS share, their absence copies; CLONE_CLEAR_SIGHAND resets handlers. */
static long start(unsigned long long flags)
{
    struct clone_args args = {.flags = flags, .exit_signal = SIGCHLD};
    return syscall(SYS_clone3, &args, sizeof args);
}

static void nothing(int signal)
{
    (void)signal;
}

int main(void)
{
    int fd = dup(1);
    long child = start(CLONE_FILES);
    if (child == 0)
        _exit(close(fd));
    CHECK(wait_for(child) == 0);
    CHECK(fcntl(fd, F_GETFD) == -1 && errno == EBADF);
    fd = dup(1);
    child = start(0);
    if (child == 0)
        _exit(close(fd));
    CHECK(wait_for(child) == 0);
    CHECK(fcntl(fd, F_GETFD) == 0);
    umask(022);
    child = start(CLONE_FS);
    if (child == 0)
        _exit(umask(077) != 022 || chdir("/") != 0);
    CHECK(wait_for(child) == 0);
    CHECK(umask(022) == 077);
    child = start(0);
    if (child == 0)
        _exit(umask(077) != 022);
    CHECK(wait_for(child) == 0);
    CHECK(umask(022) == 022);
    signal(SIGUSR1, nothing);
    child = start(CLONE_CLEAR_SIGHAND);
    if (child == 0) {
        struct sigaction now;
        sigaction(SIGUSR1, NULL, &now);
        _exit(now.sa_handler != SIG_DFL);
    }
    CHECK(wait_for(child) == 0);
    return check_status();
}
