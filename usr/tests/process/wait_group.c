#include "tests.h"

/* waitpid(-pgid) and waitid(P_PGID) see only the group's children. */
int main(void)
{
    int status;
    siginfo_t info;
    pid_t first = fork();
    if (first == 0)
        _exit(setpgid(0, 0) == 0 ? 1 : 9);
    setpgid(first, first);
    pid_t second = fork();
    if (second == 0)
        _exit(2);
    CHECK(waitpid(-first, &status, 0) == first && WEXITSTATUS(status) == 1);
    CHECK(waitpid(-first, &status, 0) == -1 && errno == ECHILD);
    CHECK(waitid(P_PGID, getpgrp(), &info, WEXITED) == 0 && info.si_pid == second && info.si_status == 2);
    return check_status();
}
