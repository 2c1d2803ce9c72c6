#include "tests.h"
#include <linux/sched.h>

/* unshare(CLONE_FILES): a table of its own from then on. */
int main(void)
{
    struct clone_args args = {.flags = CLONE_FILES, .exit_signal = SIGCHLD};
    int fd = dup(1);
    long child = syscall(SYS_clone3, &args, sizeof args);
    if (child == 0)
        _exit(syscall(SYS_unshare, CLONE_FILES) == 0 && close(fd) == 0 ? 0 : 1);
    CHECK(wait_for(child) == 0);
    CHECK(fcntl(fd, F_GETFD) == 0);
    CHECK(syscall(SYS_unshare, CLONE_FS) == 0);
    CHECK(syscall(SYS_unshare, 0x1) == -1 && errno == EINVAL);
    return check_status();
}
