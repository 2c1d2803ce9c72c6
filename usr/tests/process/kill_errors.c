#include "tests.h"

/* kill to nobody, with a bad signal, to zombies. */
int main(void)
{
    siginfo_t info;

    CHECK(kill(getpid(), 0) == 0);
    CHECK(kill(getpid(), 65) == -1 && errno == EINVAL);
    CHECK(kill(getpid(), -1) == -1 && errno == EINVAL);
    CHECK(kill(1 << 29, SIGTERM) == -1 && errno == ESRCH);
    CHECK(kill(-(1 << 29), SIGTERM) == -1 && errno == ESRCH);
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    CHECK(waitid(P_PID, child, &info, WEXITED | WNOWAIT) == 0);
    CHECK(kill(child, SIGTERM) == 0);
    CHECK(getpgid(child) == getpgrp());
    CHECK(wait_for(child) == 0);
    CHECK(kill(child, SIGTERM) == -1 && errno == ESRCH);
    return check_status();
}
