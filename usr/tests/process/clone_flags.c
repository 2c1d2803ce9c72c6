#include "tests.h"
#include <linux/sched.h>

/* Combinations that clone and clone3 refuse, as copy_process does. */
static long raw_clone(unsigned long flags)
{
    long result = syscall(SYS_clone, flags, 0, 0, 0, 0);
    if (result == 0)
        _exit(0);
    return result;
}

static long raw_clone3(struct clone_args *args, size_t size)
{
    long result = syscall(SYS_clone3, args, size);
    if (result == 0)
        _exit(0);
    return result;
}

int main(void)
{
    struct clone_args args = {.exit_signal = SIGCHLD};

    CHECK(raw_clone(CLONE_THREAD | SIGCHLD) == -1 && errno == EINVAL);
    CHECK(raw_clone(CLONE_SIGHAND | SIGCHLD) == -1 && errno == EINVAL);
    CHECK(raw_clone(CLONE_THREAD | CLONE_SIGHAND | SIGCHLD) == -1 && errno == EINVAL);
    CHECK(raw_clone(CLONE_PIDFD | CLONE_PARENT_SETTID | SIGCHLD) == -1 && errno == EINVAL);
    CHECK(raw_clone3(&args, 32) == -1 && errno == EINVAL);
    CHECK(raw_clone3(&args, 1 << 20) == -1 && errno == E2BIG);
    CHECK(raw_clone3((void *)16, sizeof args) == -1 && errno == EFAULT);
    args.exit_signal = 65;
    CHECK(raw_clone3(&args, sizeof args) == -1 && errno == EINVAL);
    args.exit_signal = SIGCHLD;
    args.stack = 4096;
    CHECK(raw_clone3(&args, sizeof args) == -1 && errno == EINVAL);
    args.stack = 0;
    args.stack_size = 4096;
    CHECK(raw_clone3(&args, sizeof args) == -1 && errno == EINVAL);
    args.stack_size = 0;
    args.flags = CLONE_DETACHED;
    CHECK(raw_clone3(&args, sizeof args) == -1 && errno == EINVAL);
    args.flags = CLONE_SIGHAND | CLONE_VM | CLONE_CLEAR_SIGHAND;
    CHECK(raw_clone3(&args, sizeof args) == -1 && errno == EINVAL);
    args.flags = 0;
    long child = raw_clone3(&args, sizeof args);
    CHECK(child > 0 && wait_for(child) == 0);
    child = raw_clone(SIGCHLD);
    CHECK(child > 0 && wait_for(child) == 0);
    return check_status();
}
