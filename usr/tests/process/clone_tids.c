#include "tests.h"
#include <linux/sched.h>

/* CLONE_PARENT_SETTID, CLONE_CHILD_SETTID, CLONE_PARENT, exit signals other than SIGCHLD with __WALL and __WCLONE. */
static int parent_tid, child_tid;

int main(void)
{
    struct clone_args args = {.exit_signal = SIGCHLD, .flags = CLONE_PARENT_SETTID | CLONE_CHILD_SETTID};
    int status;

    args.parent_tid = (unsigned long)&parent_tid;
    args.child_tid = (unsigned long)&child_tid;
    long child = syscall(SYS_clone3, &args, sizeof args);
    if (child == 0)
        _exit(child_tid == getpid() && child_tid != 0 ? 0 : 1);
    CHECK(parent_tid == child && child_tid == 0);
    CHECK(wait_for(child) == 0);
    signal(SIGUSR1, SIG_IGN);
    memset(&args, 0, sizeof args);
    args.exit_signal = SIGUSR1;
    child = syscall(SYS_clone3, &args, sizeof args);
    if (child == 0)
        _exit(6);
    CHECK(waitpid(child, &status, 0) == -1 && errno == ECHILD);
    CHECK(waitpid(child, &status, __WALL) == child && WEXITSTATUS(status) == 6);
    args.exit_signal = 0;
    child = syscall(SYS_clone3, &args, sizeof args);
    if (child == 0)
        _exit(8);
    CHECK(waitpid(child, &status, __WCLONE) == child && WEXITSTATUS(status) == 8);
    child = fork();
    if (child == 0) {
        struct clone_args sibling = {.flags = CLONE_PARENT};
        pid_t parent = getppid();
        long it = syscall(SYS_clone3, &sibling, sizeof sibling);
        if (it == 0)
            _exit(getppid() == parent ? 12 : 1);
        _exit(waitpid(it, &status, 0) == -1 && errno == ECHILD ? 0 : 1);
    }
    CHECK(wait_for(child) == 0);
    CHECK(waitpid(-1, &status, __WALL) > 0 && WEXITSTATUS(status) == 12);
    return check_status();
}
